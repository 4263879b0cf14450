"""Whether a form's field is filled, half filled or blank (填写情况), by the kind of the field."""

from __future__ import annotations

import re

from pipeline.model.text import fold

_BLANK = re.compile(r"^(?:[/\\\-—_.。…×*、]*|无|空|年月日?|年月(?:至|-)年月|\(盖章\)|待)$")
_SIGN = re.compile(r"[^\u4e00-\u9fff]|[丨丿乙]")
_PLACEHOLDER = re.compile(
    r"(?<![a-z0-9])x{2,}(?![a-z0-9])|\*{3,}|_{2,}|待(?:补|填|定|确定|完善)|请填写|^填写|[(]填写|20xx|"
    r"(?<![接等招款优看对])待[^,。;]{0,12}(?:盖章|签章|签字|出具|填写|补填|核定|审定)"
)
_DATE = re.compile(r"(?:20\d\d|二[〇零o0○]二.)[年.\-/]|\d{1,2}月|[一二三四]季度|(?:上|下)半年|20\d\d")
_PHONE = re.compile(r"\d{3,4}-?\d{3,}|1[3-9]\d|\d{5,}|\d{3,}[×*x]{2,}")
_AMOUNT = re.compile(r"\d|[壹贰叁肆伍陆柒捌玖]|[一二三四五六七八九十][百千万]*元")
_NOTHING = re.compile(r"^按(?:照)?[^,。;《]{0,12}(?:有关|相关)[^,。;《]{0,16}(?:规定|要求|标准|规范)[^《\d]{0,14}$")
_ELSEWHERE = re.compile(r"(?:详)?见(?:建设)?(?:方案|正文|附件|后文|报告)[。]?$")
_WORDY = 6  # folded characters; 工作需要 is no reason
_GLOSS = re.compile(r"\([^()]*\)$")  # 非密（公开）: what the degree is called besides
_DEGREES = re.compile(r"非涉密|非密|公开|内部|秘密|机密|绝密")
_NO_AMOUNT = re.compile(r"(?:资金|拨款|自筹|补助|财政|经费|预算)[::]?万元")
_BOTH = 2  # dates that are a start and an end, whichever side of them the words stand on
_NO_SUPERVISOR = re.compile(
    r"^(?:[^,。;]{2,24}[,，])?(?:无|没有)(?:上级)?主管(?:部门|单位)(?![^,。;]{0,4}(?:意见|批复|审核|盖章|统建))|^/?无[((,].{0,4}(?:单位|局|院|委|办)(?:为|系|是|属).{0,14}(?:部门|机关|机构|单位)"
)
_TICK = re.compile(r"[☑√■✓✔☒✅●⊠]|\(√\)|\[√\]|\[x\]")
_BOX = re.compile(r"[□☐○◯]")
_ATTACHED = re.compile(r"(?:见|附|详见)(?:后)?附|附件|见(?:建设)?(?:方案|正文)")


def state_of(kind: str, value: str) -> str:
    """filled, half or blank; `attached` where the value only points at an attachment, `moot` where none is due."""
    text = fold(value)
    return _STATES[kind](text)


def _text(text: str) -> str:
    if _BLANK.match(text):
        return "blank"
    half = _NO_AMOUNT.search(text) or _PLACEHOLDER.search(text) or _ELSEWHERE.match(text) or _NOTHING.match(text)
    return "half" if half else "filled"


def _words(text: str) -> str:
    """A text field; a sign or figure alone is a stroke that recognition took for one (/ as 1)."""
    return "blank" if _SIGN.fullmatch(text) else _text(text)


def _degree(text: str) -> str:
    """A degree of secrecy (密级); 无 is an answer here, where elsewhere it leaves the field empty."""
    if text in ("无", "否"):
        return "filled"
    if len(set(_DEGREES.findall(_GLOSS.sub("", text)))) > 1 and not _TICK.search(text):
        return "half"  # the choices of the form, none of them chosen
    return _text(text)


def _attachable(text: str) -> str:
    if _BLANK.match(text) or _SIGN.fullmatch(text):
        return "blank"
    if _ATTACHED.search(text) and len(text) <= 24:
        return "attached"
    return "half" if len(text) < _WORDY else _text(text)


def _date(text: str) -> str:
    state = _text(text)
    if state != "filled":
        return state
    if re.search(r"年月(?!\d)|(?:至|到|-)$", text):
        return "half"  # a month left blank, a start without an end
    return "filled" if _DATE.search(text) else "half"


def _amount(text: str) -> str:
    state = _text(text)
    if state == "blank":
        return state
    return "filled" if _AMOUNT.search(text) else "half"


def _amounts(text: str) -> str:
    """One amount under at least one source; 其他 alone needs a proof, which the submission may hold (state `proof`)."""
    parts = [p for p in re.split(r"(?=财政拨款|自筹(?:经费|资金)?|上级补助|其他)", text) if p]
    numbered = [p for p in parts if re.search(r"\d", re.sub(r"\(.*?\)", "", p))]
    if not numbered:
        return "half" if _PLACEHOLDER.search(text) or _TICK.search(text) else "blank"
    if all(p.startswith("其他") for p in numbered):
        return "proof"
    return "filled"


def _person(text: str) -> str:
    body = re.sub(r"(?:联系)?(?:电话|手机)(?:号码)?[:：]?", "|", text)
    name = re.search(r"[\u4e00-\u9fff×*某]{2,}", re.sub(r"[\d\-×*x]{6,}|[\d\-|]", "", body))
    phone = _PHONE.search(body)
    if name and phone and not _PLACEHOLDER.search(text.replace("××", "")):
        return "filled"
    return "half" if name or phone else "blank"


def _tick(text: str) -> str:
    ticks = len(_TICK.findall(text))
    if ticks:
        return "filled" if ticks == 1 else "half"  # one of the choices is asked for
    named = re.findall(r"新建|续建|改建|扩建|其他", text)
    if len(set(named)) == 1 and not _BOX.search(text):
        return "filled"
    return "blank"


def _period(text: str) -> str:
    start = re.search(r"(?:启动|开始|起始|开工)(?:时间)?[:：]?(.*?)(?=(?:完成|结束|终止|完工|竣工)(?:时间)?|$)", text)
    end = re.search(r"(?:完成|结束|终止|完工|竣工)(?:时间)?[:：]?(.*)$", text)
    begun = bool(_DATE.search(start.group(1))) if start else False
    ended = bool(_DATE.search(end.group(1))) if end else False
    around = re.findall(r"20\d\d[年.\-/]\d{1,2}", text)
    if (not start and not end) or (len(around) >= _BOTH and not (begun and ended)):
        begun, ended = len(around) >= 1, len(around) >= _BOTH
    if begun and ended:
        return "half" if _PLACEHOLDER.search(text) else "filled"
    return "half" if begun or ended or around else "blank"


def _opinion(text: str) -> str:
    if _NO_SUPERVISOR.search(text):
        return "moot"
    body = re.sub(
        r"\((?:盖|公)?章\)|[盖签][章字]处|\(?签字[、和]?盖章\)?|负责人(?:签字|签名)?[:：]?|(?:20\d\d)?年\d*月\d*日|签字[:：]?|日期[:：]?|[:：]",
        "",
        text,
    )
    if _BLANK.match(body) or (
        not re.search(r"同意|支持|属实|建议|批准|通过|拟|请|可|上报|推荐", body)
        and re.fullmatch(r".{2,16}(?:局|委|委员会|政府|办公室|中心|府|办)", body)
    ):
        return "blank"  # the name of the office alone is no opinion
    return _text(body)


_STATES = {
    "text": _words,
    "degree": _degree,
    "attachable": _attachable,
    "date": _date,
    "amount": _amount,
    "amounts": _amounts,
    "person": _person,
    "tick": _tick,
    "period": _period,
    "opinion": _opinion,
}
