"""Time expressions that bind somebody: what a day, month, quarter, year or rhythm looks like, and what binds.

All rules read folded text. A day is found by its digits; only then the words before it are read, in a window of 90
characters, so that the many dates of citations cost almost nothing.
"""

from __future__ import annotations

from vanban.rules.rule import Rule
from vanban.rules.words import spaced

_D = r"[0-9ilo|]"
_TWO = rf"[0-9il|]{_D}?|o[0-9]"
_Y = r"(?:19|20|2o)[0-9o]{2}(?![0-9](?!\.\s?[a-z]))"  # "12/20251. Sở …" of run-together text is 12/2025

_SHORT_YEAR = rf"(?:{_Y}|[0-9]{{2}}(?![0-9/.]))"
_DAY_TAIL = (
    rf"(?:\s?/\s?(?P<m>{_TWO})(?![0-9])(?:\s?/\s?(?P<y>{_SHORT_YEAR}))?(?!\s?[/\-]\s?[a-z]|/[0-9])"
    rf"|\s?(?P<s>[.\-])\s?(?P<m3>{_TWO})\s?(?P=s)\s?(?P<y3>{_Y})(?!\s?[/\-]\s?[a-z])"
    rf"|\s{{0,3}}thang\s{{0,3}}(?P<m2>{_TWO})(?![0-9/])(?:[\s,]{{1,4}}nam\s{{0,3}}(?P<y2>{_Y}))?"
    rf"|/(?P<my>{_Y})(?!\s?[/\-]\s?[a-z0-9]))"
)
DAY = Rule(
    id="time.day",
    folded=True,
    pattern=spaced(rf"(?P<d>[0-9](?:(?<![0-9/.,a-z].)|(?<=ngay.)){_D}?){_DAY_TAIL}"),
    matches=("20/5", "01/11/2023", "10 thang 12", "31 thang 12 nam 2014", "6/2024", "15/3/24", "12-5-2024", "ngay15/3"),
    rejects=("12/2021/qd-ttg", "240.000", "20-nq/tw", "01 - 3"),
    source="begins with a figure, so that the engine skips to it",
)
MISREAD_DAY = Rule(
    id="time.misread_day",
    folded=True,
    pattern=spaced(rf"ngay\s{{0,2}}(?P<d>[il|o]{_D}?){_DAY_TAIL}"),
    matches=("ngayl5/3/2024", "ngay i6 thang 9 nam 2025"),
    rejects=("ngay le 2/9", "ngay 15/3"),
)
MONTH = Rule(
    id="time.month",
    folded=True,
    pattern=spaced(
        rf"thang(?<![0-9a-z].{{5}})\s{{1,3}}(?P<m>{_TWO})(?:(?:\s?[/\-]\s?"
        rf"|\s{{1,3}}nam\s{{1,3}})(?P<y>{_Y}))?(?![0-9/])"
    ),
    matches=("thang 12/2025", "thang 01 nam 2025", "thang 6"),
    rejects=("thanh 12", "thang 13000"),
)
QUARTER = Rule(
    id="time.quarter",
    folded=True,
    pattern=spaced(
        rf"quy(?<![a-z].{{3}})\s{{1,3}}(?P<q>iv|iii|ii|i|[1-4])(?![a-z0-9])(?P<more>(?:\s{{0,2}}(?:,|va|-"
        rf"|den)\s{{0,2}}(?:iv|iii|ii|i)(?![a-z0-9])){{0,3}})(?:[\s,/\-]{{1,3}}(?:nam\s{{1,3}})?(?P<y>{_Y}))?"
    ),
    matches=("quy iii nam 2023", "quy iii, nam 2023", "quy iv/2024", "quy 1 nam 2025"),
    rejects=("quy che", "quy ivb"),
)
YEAR = Rule(
    id="time.year",
    folded=True,
    pattern=spaced(rf"nam(?<![a-z].{{3}})\s{{1,3}}(?P<y>{_Y})(?:\s?[-–]\s?(?P<y2>{_Y}))?"),
    matches=("nam 2023", "nam 2012 - 2013"),
    rejects=("nam hoc 2023", "nam 20231"),
)
DAY_OF_MONTH = Rule(
    id="time.day_of_month",
    folded=True,
    pattern=spaced(
        r"[nm](?<![a-z].)(?:(?<=n)gay|(?<=m)ung)\s{1,3}(?P<d>[0-9]{1,2})\s{1,3}"
        r"(?=(?:hang|cua|moi|(?:den|toi)(?: het)? ngay|thang (?:cuoi|dau|sau|ke)|thang (?:thu nhat|lien))(?![a-z]))"
    ),
    matches=("ngay 15 hang thang", "ngay 25 cua thang cuoi quy", "ngay 05 thang dau quy sau"),
    rejects=("ngay 15 thang 6", "ngay 15/6"),
)
_HOUR = r"(?:[0-9]{1,2}\s?(?:h|gio|g|:)\s?(?:[0-9]{2})?\s?(?:phut|ph)?,?)"
_PREP = (
    r"truoc(?! den)|cham nhat|muon nhat|khong (?:qua|muon hon|tre hon|cham hon|cham qua|muon qua)"
    r"|(?<=[(,;:])\s?han|han (?:chot"
    r"|cuoi(?: cung)?|nop|gui|dang ky|bao cao)(?:[a-z ]{1,40}:)?|den het|den truoc|het|den|toi"
    r"|trong|vao|ket thuc|hoan thanh|du kien|thoi (?:han|gian|diem)(?: [a-z ]{2,40})?\s{0,2}[:]|thoi (?:han"
    r"|gian)(?: (?:bao cao|nop|gui|hoan thanh|thuc hien))?(?: la)?|tien do\s{0,2}:"
)
BEFORE_TIME = Rule(
    id="deadline.preposition",
    folded=True,
    pattern=spaced(
        rf"(?<![a-z])(?P<prep>{_PREP})(?P<fill>(?:[\s:,(\-]{{1,6}}(?:la|vao|den|truoc|het|khoang|thoi diem|luc|trong"
        rf"|cuoi|dau|n[gøqes]?a[yv]|tuan|thang|quy|nam|hai|ba|ca|du kien|thu (?:hai|ba|tu|nam|sau|bay)|sang|chieu"
        rf"|{_HOUR})(?![a-z])){{0,6}})[\s:,(]{{0,6}}\Z"
    ),
    matches=(
        "truoc ngay ",
        "cham nhat la ngay ",
        "truoc 17 gio 00 ngay ",
        "thoi gian thuc hien: du kien ",
        "han chot ",
        "truoc\n  ngay ",
        "thoi han bao cao la ngay ",
    ),
    rejects=("so 12/qd-ubnd ngay ", "ke tu ngay ", "cong bo "),
)
FROM = Rule(
    id="deadline.from",
    folded=True,
    pattern=spaced(
        rf"(?<![a-z])(?:(?P<length>[0-9]{{1,3}}\s(?:ngay|tuan|thang"
        rf"|buoi)(?: lam viec)?),?\s{{1,3}})?(?:du kien\s{{1,3}}|bat dau\s{{1,3}}|ke\s{{1,3}}"
        rf"|tinh\s{{1,3}})?tu\s{{1,4}}(?:{_HOUR}\s{{0,3}})?(?:het\s)?(?:ngay\s{{1,4}}|thang\s|quy\s|nam\s)?\Z"
    ),
    matches=("tu ngay ", "du kien tu ngay ", "6 tuan, bat dau tu ngay ", "15 ngay, bat dau tu ngay "),
    rejects=("den ngay ",),
)
AND = Rule(
    id="deadline.and",
    folded=True,
    pattern=spaced(
        r"\s{0,4}(?:,|;|va|hoac|&)\s{0,4}(?:va\s{1,3})?(?:truoc\s{1,3})?(?:ngay\s{1,4})?(?:truoc\s{1,3}ngay\s{1,3})?"
    ),
    matches=(" va ", ", ", " va ngay ", " va truoc ngay "),
    rejects=(),
)
TO = Rule(
    id="deadline.to",
    folded=True,
    pattern=spaced(
        rf"\s{{0,4}}(?:den|toi|-|–|—)\s{{0,4}}(?:(?:het|truoc)\s{{1,3}})?(?:{_HOUR}\s{{0,3}})?(?:het\s{{1,3}})?(?:ngay\s{{1,4}}"
        rf"|thang\s{{1,3}}|quy\s{{1,3}})?"
    ),
    matches=(" den ngay ", " - ", " den het ngay ", " den 17h00 ngay "),
    rejects=(),
)
RHYTHM_AFTER = Rule(
    id="deadline.rhythm_after",
    folded=True,
    anchored=True,
    pattern=spaced(
        r"[\s,(]{1,4}(?:(?P<annual>(?:hang|moi) nam|thuong nien|cua nam (?:sau|ke tiep|lien ke|tiep theo)|nam sau"
        r"|nam ke tiep|cua nam bao cao|nam bao cao)"
        r"|(?P<monthly>(?:hang|moi) thang|cua thang sau|cua thang tiep theo|thang sau|thang ke tiep)"
        r"|(?P<quarterly>(?:hang|moi) quy|(?:cua )?thang (?:cuoi|dau)(?: cua)?(?: moi| hang)? quy(?: sau"
        r"| tiep theo)?|cuoi quy|cua quy sau)|(?P<half>(?:hang|moi) (?:0?6|sau) thang))(?![a-z])\)?"
    ),
    matches=(" hang nam", " hang thang", " cua thang cuoi quy", " thang dau quy sau"),
    rejects=(" nam 2023", " ve so"),
)
_PERIOD = r"(?:nam|quy|thang|0?6 thang|0?3 thang|sau thang|nua nam)(?![a-z])(?! hoc)(?!\s{1,3}[0-9])"
_PERIOD_DAY = r"(?:\s{0,3}\((?:truoc )?(?:ngay )?(?P<d>[0-9]{1,2})(?:\s?[/\-]\s?| thang )(?P<m>[0-9]{1,2})\))?"
RHYTHM = Rule(
    id="deadline.rhythm",
    folded=True,
    pattern=spaced(
        r"(?P<period>[dhm0s6](?<![a-z].)(?:(?<=d)inh ky(?: (?:vao|bao cao|truoc|la))?[\s:(]{1,4}(?:(?:hang|moi) )?"
        rf"{_PERIOD}|(?<=h)ang {_PERIOD}|(?<=m)oi {_PERIOD}"
        r"|(?<=[0s])(?:6|au) thang(?:\s?/\s?lan| (?:mot|1) lan|(?: (?:dau|cuoi) nam)?(?=\s{0,3}\())"
        r"|(?<=6)(?<![0-9].) thang(?:\s?/\s?lan| (?:mot|1) lan|(?: (?:dau|cuoi) nam)?(?=\s{0,3}\())))"
        rf"(?:\s?/\s?lan)?{_PERIOD_DAY}"
    ),
    matches=("hang quy", "6 thang (05/5)", "hang nam (05/11)", "dinh ky hang nam", "dinh ky 6 thang", "dinh ky quy"),
    rejects=("6 thang dau nam 2023", "ky hop", "nam 2023", "nam hoc"),
)
_WEEKDAY = r"(?:(?:ngay )?thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat)"
SHORT_RHYTHM = Rule(
    id="deadline.short_rhythm",
    folded=True,
    pattern=spaced(  # begins with one set of characters, so that the engine skips to them
        r"[hm](?<![a-z].)(?:(?<=h)ang|(?<=m)oi) (?P<unit>tuan|ngay)(?![a-z])(?! [0-9])"
        rf"(?:(?<=tuan)(?:,? (?:vao )?(?:(?:buoi )?(?:sang|chieu) )?{_WEEKDAY})?(?![a-z]))?"
    ),
    matches=("thu sau hang tuan", "hang tuan vao thu hai", "moi tuan", "truoc 16 gio hang ngay"),
    rejects=("tuan le", "trong tuan", "moi ngay 5"),
)
SHORT_LEAD = Rule(
    id="deadline.short_lead",
    folded=True,
    pattern=spaced(
        rf"(?<![a-z])(?:truoc|cham nhat|vao|luc|dinh ky|(?:buoi )?(?:chieu|sang)|ngay|{_HOUR}|{_WEEKDAY})[\s,]{{1,3}}\Z"
    ),
    matches=("truoc ", "thu sau ", "16 gio "),
    rejects=("bao cao ", "cong viec "),
    source="read backwards from the rhythm",
)
RHYTHM_MORE = Rule(
    id="deadline.rhythm_more",
    folded=True,
    anchored=True,
    pattern=spaced(
        r"(?:\s{0,3}\([^()\n]{1,60}\))?\s{0,3}(?:,|va|;)\s{1,3}(?:dinh ky )?"
        r"(?P<period>(?:hang |moi )?(?:(?:0?1 )?nam|quy|0?6 thang|sau thang"
        r"|thang)(?![a-z])(?!\s{1,3}(?:[0-9]|[ivx]{1,4}(?![a-z]))))"
        rf"{_PERIOD_DAY}"
    ),
    matches=(", quy", " va nam", ", 6 thang", ", nam (15/12)", " (truoc ngay 20), quy"),
    rejects=(", nam 2023", ", quy iii"),
)
RELATIVE = Rule(
    id="deadline.relative",
    folded=True,
    pattern=spaced(  # begins with a figure, so that the engine skips to it; what leads to it is read backwards
        r"(?P<n>[0-9][0-9]{0,2})(?:\s{0,2}\([^()\n]{1,24}\))?\s{1,4}(?P<unit>ngay lam viec|ngay|gio lam viec|gio"
        r"|tuan|thang|nam)(?P<working>\s{1,3}lam viec|\s{0,2}\(ngay lam viec\))?(?![a-z])"
        r"(?P<event>[\s,]{0,4}(?:\((?:ke|tinh) tu|ke tu|tinh tu|tu khi|tu ngay|sau khi|truoc khi|truoc ngay|sau ngay"
        r"|tu thoi diem|sau thoi diem|truoc thoi diem)[^.;\n,:|]{0,120}(?:\n(?!\s{0,9}[-+0-9])[^.;\n,:|]{0,60})?)?"
    ),
    matches=(
        "trong thoi han 07 ngay lam viec ke tu ngay nhan",
        "cham nhat 05 ngay truoc khi to chuc",
        "trong vong 30 ngay",
        "khong qua 15 ngay lam viec, ke tu ngay nhan du ho so",
    ),
    rejects=("bay ngay", "trong 02 dot"),
)
RELATIVE_LEAD = Rule(
    id="deadline.relative_lead",
    folded=True,
    pattern=spaced(
        r"(?<![a-z0-9])(?:trong(?: (?:thoi han|vong|thoi gian))?(?: (?:toi da|khong qua|cham nhat))?"
        r"|cham nhat(?: (?:la|sau|trong|khong qua))?|khong qua|sau|truoc it nhat|toi thieu|it nhat"
        r"|thoi han(?: (?:la|toi da))?|thoi (?:han|gian)(?: [a-z]{1,8}){0,4}\s{0,2}:)\s{1,4}\Z"
    ),
    matches=("bao cao trong thoi han ", "cham nhat la ", "khong qua "),
    rejects=("gom ", "moi "),
)
DUTY_VERB = Rule(
    id="deadline.duty_verb",
    folded=True,
    pattern=spaced(r"(?<![a-z])(?:bao cao|gui|thong ke|tong hop|nop|dang ky|cap nhat|so ket|ra soat|trinh)(?![a-z])"),
    matches=("gui bao cao ve so", "thong ke hoc sinh"),
    rejects=("ngan sach", "cong tac"),
)
NOUN_BEFORE = Rule(
    id="deadline.noun_before",
    folded=True,
    pattern=spaced(
        r"(?:ke hoach(?: [a-z\-]{1,8}){0,5}|du toan(?: [a-z]{1,8}){0,3}|ngan sach(?: [a-z]{1,8}){0,3}"
        r"|kinh phi(?: [a-z]{1,8}){0,3}|nhiem vu|chi tieu(?: [a-z]{1,8}){0,3}|chuong trinh|de an|[0-9] nam va"
        r"|hoi nghi|dip|muc(?: [a-z]{1,8}){0,3}|ty le(?: [a-z]{1,8}){0,3}"
        r"|thu chi|nguon(?: [a-z]{1,8}){0,2}|bien che|phep|tuoi|danh gia xep loai|binh quan|dien ra|to chuc"
        r"|khai giang|tuyen sinh|tet|le|hoc phi|toan phan|thuong xuyen)[\s,\-]{1,3}\Z"
    ),
    matches=("ke hoach phat trien kinh te-xa hoi ", "du toan ngan sach ", "ke hoach 5 nam va "),
    rejects=("bao cao uy ban nhan dan tinh ", "dinh ky "),
)
NOT_A_DEADLINE = Rule(
    id="deadline.not_a_deadline",
    folded=True,
    pattern=spaced(
        r"(?<![a-z])(?:hieu luc|gia tri(?: su dung)?|ap dung|so lieu|giai doan|nhiem ky"
        r"|(?:van ban|giay to|quyet dinh|nghi quyet|thong tu|giay phep)(?: [a-z]{1,8}){0,4} (?:ban hanh|cap)"
        r"|(?<!hoc[ ])(?<!thi[ ])(?<!phat[ ])(?<!tuyen[ ])sinh|da duoc (?:cap|ky|phe duyet|ban hanh)|duoc (?:cap|ky"
        r"|ban hanh|tiep nhan|phe duyet|thanh lap|sinh)|khai mac|dien ra"
        r"|cong tac tai)[\s,:]{1,4}(?:thi hanh\s{1,3})?(?:ke\s{1,3}|cho\s{1,3})?\Z"
    ),
    matches=(
        "co hieu luc ",
        "cac van ban quy pham ban hanh ",
        "nguoi sinh ",
        "van ban da duoc ban hanh ",
        "giai doan ",
    ),
    rejects=("bao cao ", "ky ban hanh ", "hoan thanh ", "danh sach hoc sinh "),
)
LOOKS_BACK = Rule(
    id="deadline.looks_back",
    folded=True,
    pattern=spaced(
        r"(?<![a-z])(?:ket qua|hoat dong|tinh hinh|bao cao|chi so|so lieu|thanh tich|cong tac|cua (?:don vi|tinh"
        r"|nganh|huyen|truong|thanh pho|co quan|so|dia phuong)|da|duoc cong nhan|phat sinh|dat duoc"
        r"|nang cao [a-z ]{0,40})(?: [a-z]{1,8}){0,6}\s{1,3}\Z"
    ),
    matches=("bao cao hoat dong cua don vi ", "ket qua dat duoc ", "cac chi so cua tinh "),
    rejects=("de thuc hien co ban xong ", "phe duyet de an "),
)
LABEL = Rule(
    id="deadline.label",
    folded=True,
    pattern=spaced(
        r"(?<![a-z])(?:thoi gian(?P<of> [a-z ,/()]{2,70})?|thoi han(?P<of2> [a-z ]{2,40})?|tien do(?: thuc hien)?"
        r"|han (?:chot|nop|gui|hoan thanh)|lo trinh(?: thuc hien)?)\s{0,3}(?::|la|\."
        r"|-)?\s{0,4}(?:du kien\s{0,3}:?\s{0,3})?(?:trong\s{1,3}|vao\s{1,3})?\Z"
    ),
    matches=(
        "thoi gian thuc hien: ",
        "thoi gian du kien: ",
        "thoi gian thuc hien: du kien ",
        "tien do: ",
        "thoi gian hoan thanh trong ",
    ),
    rejects=("trong ", "ke tu "),
)
DUTY_LABEL = Rule(
    id="deadline.duty_label",
    folded=True,
    pattern=spaced(
        r"(?:thuc hien|hoan thanh|nop|gui|bao cao|dang ky|xu ly|tiep nhan|trien khai|thoi han|han chot|han nop"
        r"|han gui|tien do|lo trinh|du kien|nhan ho so|thu ho so|cham|tham muu)"
    ),
    matches=("thoi gian thuc hien", "thoi han nop ho so"),
    rejects=("thoi gian hop", "thoi gian khai mac"),
)
EVENT = Rule(
    id="deadline.event",
    folded=True,
    pattern=spaced(
        r"(?:khai mac|khai giang|hop|hoi nghi|le |dien ra|bat dau luc|dai hoi|ky niem|vao luc|buoi lam viec|tham du"
        r"|cong tac tai)"
    ),
    matches=("thoi gian hop", "khai giang vao luc"),
    rejects=("thoi gian thuc hien", "bao cao ket qua"),
)
