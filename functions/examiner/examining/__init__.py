"""What the examiner function does when it is called; the examining itself is `doorstep/examiner/`."""
