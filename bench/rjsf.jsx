// What @rjsf/core needs to show a form and check it, as its own documentation begins.
import Form from '@rjsf/core';
import validator from '@rjsf/validator-ajv8';
import { createRoot } from 'react-dom/client';
import schema from 'doorstep-schema';

createRoot(document.body).render(<Form schema={schema} validator={validator} />);
