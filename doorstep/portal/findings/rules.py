"""Every rule that content is held to, once: what a finding of it means, and its cure. The handbook lists them so.

`Finding.rule` names one. Errors keep a site from being built; warnings are told, and the site is built all the same.
"""

from __future__ import annotations

from typing import NamedTuple

from doorstep.forms.findings import Finding

ERROR, WARNING = "error", "warning"


class Rule(NamedTuple):
    """`means`: what is wrong; `cure`: what to do. Both in Chinese, for who edits."""

    means: str
    cure: str
    severity: str = ERROR


RULES: dict[str, Rule] = {
    # Files that cannot be read
    "file-encoding": Rule("文件不是UTF-8编码，读出来是乱码。", "用编辑器打开，另存为UTF-8。"),
    "file-missing": Rule("少了一个必须有的文件。", "从版本历史里找回来。"),
    "file-kind": Rule("不是普通的文件：是快捷方式（符号链接）、文件夹，或者别的。", "删掉；要的内容另存成普通文件。"),
    "file-large": Rule("文件太大，读它要很久。", "多半是粘贴错了；分成几个文件。"),
    "file-deep": Rule("括号一层套一层，太深了。", "照别的文件写。"),
    "line-long": Rule("一行太长。", "分成几段。"),
    "hidden-character": Rule("有看不见的字符，居民看到的会和写的不一样。", "删掉这几个字，重新打一遍，不要粘贴。"),
    "yaml-alias": Rule("用了 YAML 的 & 和 *，一处引用另一处。", "要写两次的就写两次。"),
    "name-twice": Rule("一个名字写了两次，只有后一个算数。", "一层里一个名字只写一次，去掉一个。"),
    "file-misplaced": Rule("docs 里有一个不该在那里的文件，它不会发布。", "放到该放的地方，或者拿走。"),
    "yaml-unreadable": Rule("这一行读不出来，多半是括号、引号没有成对，或者冒号后面没有空格。", "照上下几行的写法改。"),
    "yaml-tab": Rule("行里有制表符。", "改成空格。"),
    "yaml-punctuation": Rule("开头信息里用了中文的冒号或者逗号。", "名字后面、两项之间用英文的，后面空一格。"),
    "json-unreadable": Rule("表的文件读不出来，或者一个名字写了两次。", "看这一行和上一行的引号、逗号、括号。"),
    "front-matter": Rule("页面开头没有信息。", "用两行 --- 把“名字: 内容”包起来。"),
    # What stands at the head of a page
    "name-missing": Rule("开头的信息少了一项。", "补上；不知道就先问清楚，不要写“待填”。"),
    "name-unknown": Rule("开头的信息里有一个不认识的名字。", "检查有没有写错；不用来计算的写进正文。"),
    "value-wrong": Rule("这一项的写法不对。", "照提示里说的写。"),
    "day-unknown": Rule("没有这一天。", "改成有的日子，写成 2026-11-22 这样。"),
    "day-to-come": Rule("核对、确认的日子还没有到。", "写真正核对的那一天。"),
    "head-long": Rule("开头的信息太长。", "一项写一行；不用来计算的写进正文。"),
    "id-not-file": Rule("id 和文件名不一样。", "改成一样。"),
    "id-taken": Rule("这个 id 是本站自己要用的地址。", "换一个 id，文件名也改。"),
    "theme-unknown": Rule("theme 不在 docs/_data/themes.yml 里。", "照那里的 title 写，或者加一条。"),
    "office-unknown": Rule("办事单位不在 docs/_data/offices.yml 里。", "照那里的 title 写，或者加一条。"),
    "place-unknown": Rule("没有这个街道、社区的代码。", "照 docs/places/divisions.json 里的代码写。"),
    "estate-twice": Rule("一个小区写在了两个社区里。", "分在两个社区的，写清楚哪几栋；不是的去掉一处。"),
    "remedy-unknown": Rule("remedies 写了名单里没有的。", "照 docs/_data/remedies.yml 里的 id 写，或者加一条。"),
    "service-unknown": Rule("没有这份办事指南。", "写 docs/services 里一份指南的 id。"),
    "saying-unknown": Rule("大家的说法写给了没有的网页。", "键写成一页的地址，前后不要斜线。"),
    "word-unknown": Rule("类别、种类、给谁用写了名单里没有的。", "照 docs/_data/catalog.yml 里的 id 写。"),
    "law-unknown": Rule("引用的法规没有登记。", "先写进 docs/_data/laws.yml，再引用它的代号。"),
    "law-article": Rule("读过原文的法规，引用时没有写第几条。", "写成“代号 第…条”。"),
    "ages-crossed": Rule("年龄的 from 比 to 大。", "from 写最小几岁，to 写最大几岁。"),
    "confirmed-half": Rule("谁确认的、哪天确认的只写了一样。", "confirmed_by 和 confirmed_on 一起写。"),
    "confirmed-by": Rule(
        "写的不是确认过的单位。", "写单位的全名，指南里照 docs/_data/offices.yml；没有单位确认过就去掉。"
    ),
    "formula": Rule("一项内容用 = + - @ 这样的符号开头，下载的表格打开会当成公式。", "去掉开头的符号，用字写。"),
    "popular": Rule("首页的 popular 写得不对，或者里面的指南没有。", "写 docs/services 里指南的 id，不要太多。"),
    # Limits and stages
    "limit-basis": Rule("办理天数没有依据，也没有单位确认。", "写依据 basis，或者哪个单位哪天确认的；没有就去掉。"),
    "limit-at-once": Rule("在网上申请的业务，写了当场办好。", "写几天；没有公布的去掉。"),
    "limit-crossed": Rule("最长的天数比平常的还短。", "照法规原文改。"),
    "limit-id": Rule("期限的 id 是系统自己要用的名字。", "换一个 id。"),
    "limit-twice": Rule("同样的期限写了两条。", "法定的写一条，单位承诺的写一条。"),
    "limit-longer-than-law": Rule("单位承诺的时间比法律规定的还长。", "改短，或者去掉这条承诺。"),
    "limit-unit-differs": Rule("单位承诺的时间和法定的算法不一样。", "请单位照法定的算法说。", WARNING),
    "stage-office": Rule("一步的单位没有，或者最后一步不归作决定的。", "写 offices 里的名字；最后写 decide。"),
    "stage-twice": Rule("有两步的 id 一样。", "一步一个 id。"),
    # Guides and forms
    "form-unknown": Rule("指南里写的表没有，或者是别的业务的。", "改 form，或者去掉这一行。"),
    "form-unused": Rule("有一张表，没有指南用它。", "在指南里写 form 或者 after_approval，或者去掉这张表。"),
    "form-title": Rule("表的名字和指南的不一样，像是另一件事。", "写成一样；改了表要再发布。"),
    "mandate": Rule("替别人办要不要委托书，指南和表说的不一样。", "表里能替别人办的，材料里写委托书；监护人不用签。"),
    "readers": Rule("办这件事的单位，表里没有说它的人会看到。", "在表的 x-readers 里写上，或者改指南的 offices。"),
    "material-vague": Rule("材料写成了“其他”“等材料”，居民不知道带什么。", "一样一样写清楚；说不清的不要。"),
    "paper-not-asked": Rule("指南里要拍照交的材料，表里没有地方交。", "在表里加一道交照片的题，或者改指南里的 how。"),
    "paper-unknown": Rule("表里要拍照交的，指南里没有写。", "在指南的 materials 里加上，或者去掉表里这道题。"),
    "paper-title": Rule("同一份材料，指南和表里的名字不一样。", "写成一样。"),
    "paper-required": Rule("一份材料，指南说可以没有，表里却一定要（或者反过来）。", "两处改成一样。"),
    "paper-twice": Rule("一份材料在表里问了两次。", "只问一次。"),
    "paper-no-counter": Rule("不会拍照的人填不完这张表。", "前面问材料怎么交，给一个“带到窗口”的选项。"),
    "paper-condition": Rule("材料的 only_if 说的不是表里的题，或者不是能选的。", "写成表里一道选择题和它的选项。"),
    "gate-without-form": Rule("没有表，却写了 not_needed。", "去掉 not_needed，或者加一张表。"),
    "gate-not-in-form": Rule("指南说有的人不用申请，表里没有拦住。", "在表的那道题里写 not，或者改指南。"),
    "gate-not-in-guide": Rule("表里拦住了一些人，指南没有告诉他们。", "在指南里写 not_needed，或者去掉表里的 not。"),
    "lasting-gone": Rule(
        "一个单位、一步、一份指南不见了，有的申请可能还要靠它办完。",
        "写回来；改名改 title，停办了写 retired_on，少一步写 retired: true。",
    ),
    # Text
    "headings": Rule("指南正文的标题和规定的不一样。", "五个标题依次写，一个不少。"),
    "include-missing": Rule("正文里没有放材料或者期限的那一行。", "把 <!-- include: … --> 放回去，单独占一行。"),
    "plain-words": Rule("写了居民不好懂的词。", "照提示换成大白话；名单在 docs/_data/plain-words.yml。"),
    "number-unconfirmed": Rule("写了没有确认过的电话。", "只写12345这样的公用短号码。"),
    "web-address": Rule("写了网址，居民分不清真假。", "去掉；本站的页面写成 [名字](/地址/)。"),
    "unfinished": Rule("有没写完的地方。", "不知道的就不写，问清楚再补。"),
    "web-code": Rule("正文里有网页代码。", "去掉；只用 Markdown。"),
    "link-dead": Rule("链接没有去处。", "写本站有的地址，以 / 开头、以 / 结尾。"),
    "link-retired": Rule("连着一份已经停办的指南。", "改掉这一句，或者说现在到哪里办。", WARNING),
    "anchor-dead": Rule("链接要去的那一段没有。", "写那一页上有的 id。"),
    "typography": Rule("标点、空格不对：用了英文的标点，连着两个标点，或者中文标点旁边有空格。", "照提示改。"),
    "review-due": Rule("这一页很久没有复核，说的可能过时了。", "重新核对一遍，改 checked_on。", WARNING),
    "alias-title": Rule("别的叫法里写了这一页自己的标题，没有用处。", "去掉，或者换一个别的叫法。"),
    "said-twice": Rule("两份内容用了一样的标题或者说法，居民分不清。", "是一回事就并成一条，不是就换个说法。"),
    # Lists in docs/_data
    "list-shape": Rule("docs/_data 里的一条写法不对。", "照上面几条写。"),
    "hotline-number": Rule("热线电话的号码不是一串数字，点了拨不出去。", "只写3到12位数字，不加横线、空格。"),
    "list-twice": Rule("docs/_data 里有两条一样。", "一样只写一条。"),
    "city-desk": Rule("没有市级窗口。", "补上 id 是 city-desk 的一条：不知道社区的申请先到那里。"),
    "door-answer": Rule("“家里遇到困难”里的问题或者选项没有。", "照 docs/_data/hardship.yml 里的 id 写。"),
    "door-dead-end": Rule("“家里遇到困难”里选了这一项，什么也找不到。", "加一条只看它的，或者去掉它。"),
    "figure-unknown": Rule("没有报道过的数字，或者报道没有登记。", "照 docs/_data/reported.yml 里的 id 写。"),
    "office-name": Rule("单位名字里的花括号用不了。", "照提示里能用的写。"),
    "years-apart": Rule("年份不连着，或者重复了。", "一年一条，从早到晚。"),
    "holiday": Rule("放假、上班的日子和通知对不上。", "照通知改。"),
    # Forms by themselves
    "form-id": Rule("表的 $id 和文件名不一样。", "写成 urn:doorstep:form: 加文件名。"),
    "keyword-missing": Rule("表里少写了一样必须写的。", "照提示补上。"),
    "keyword-unknown": Rule("表里写了不认识的名字。", "去掉，或者检查有没有写错。"),
    "keyword-value": Rule("表里有一处的写法不对。", "照提示改。"),
    "catch-all": Rule("“其他”作了选项或者标题。", "写清楚有哪几种。"),
    "stop-without-choice": Rule("写了为什么不用申请，没有写选什么不用申请。", "在那道题里写 not。"),
    "stop-choices": Rule("不用申请的选项没有，或者全拦住了。", "写有的选项，至少留一个。"),
    "stop-many": Rule("选项太多，不用申请的理由没人看得到。", "少给几个选项。"),
    "shared-name": Rule("引用的共用的题、类型、规则没有，或者绕回到自己。", "照 schemas/vocabulary 里有的名字写。"),
    "shared-routing": Rule("共用的题里写了只有表才能定的内容。", "去掉，由用它的表来写。"),
    "wider-than-shared": Rule("表里放得比共用的还宽。", "只能收紧，不能放宽。"),
    "section-unknown": Rule("题在一个没有的部分里。", "写 x-sections 里的 id。"),
    "section-empty": Rule("有一部分没有题。", "去掉它。"),
    "section-twice": Rule("有两个部分的 id 一样。", "一个部分一个 id。"),
    "required-undeclared": Rule("required 里的题不在这里。", "在写这道题的地方写。"),
    "declared-twice": Rule("一道题写了两次。", "只写一次。"),
    "kind-unknown": Rule("没有这样一种题。", "照着别的题写，或者用共用的类型。"),
    "routing-by-community": Rule("别的题要定归谁办。", "归谁办只由社区那道题定。"),
    "bounds-crossed": Rule("最小的比最大的还大。", "换过来，或者改对。"),
    "choice-twice": Rule("有两个选项一样。", "去掉一个。"),
    "condition-names": Rule("条件里的 required 和 properties 说的不是同样的题。", "写成一样。"),
    "condition-undeclared": Rule("条件说的题前面没有问过。", "写前面问过的题。"),
    "condition-late": Rule("题问在它依据的题前面。", "移到后面。"),
    "condition-shape": Rule("条件的写法和那道题对不上。", "多选题写 contains，别的写 const 或者 enum。"),
    "condition-answer": Rule("条件要的答案选不出来，这道题永远问不到。", "写能选的答案。"),
    "files-own": Rule("交照片的题没有用共用的类型。", "用 attachment。"),
    "files-in-group": Rule("一组题里面要交照片。", "写在这一组外面。"),
    "files-many": Rule("一张表要交的照片太多。", "把 maxItems 改小。"),
    "example-refused": Rule("表里的例子交不上。", "改成一份能交的表。"),
    "example-not-stored": Rule("例子和存下来的样子不一样。", "不带空格、逗号，没问到的题不写。"),
    "archive-index": Rule("记着发布过什么的文件读不出来。", "从版本历史里找回来。"),
    "archive-lost": Rule("发布过的一版不见了。", "从版本历史里找回来。"),
    "archive-changed": Rule("发布过的一版被改了。", "从版本历史里找回来；要改就改 schemas/forms 里的表。"),
    "unpublished": Rule("表改过，还没有发布。", "改好了就运行 doorstep publish。"),
}  # fmt: skip


HEADINGS = {
    "file-encoding": "读不出来的文件",
    "name-missing": "页面开头的信息",
    "limit-basis": "天数和步骤",
    "form-unknown": "指南和表对不上",
    "headings": "页面的正文",
    "list-shape": "docs/_data 里的名单",
    "form-id": "网上填的表",
}
"""How the handbook heads the rules, by the first of each kind."""


def severity(found: Finding) -> str:
    """`error` or `warning`."""
    rule = RULES.get(found.rule)
    return rule.severity if rule else ERROR


def is_error(found: Finding) -> bool:
    return severity(found) == ERROR
