"""Rules for the fixed points of a document: national title, motto, number, date, "V/v", "Kính gửi", "Nơi nhận".

All read folded text (no accents, no case), so that a scan that lost its accents is read like a clean file. No
quantifier is nested in another; every gap is bounded.
"""

from __future__ import annotations

import re

from vanban.rules.rule import Rule

_FORM = "NĐ 30/2020/NĐ-CP, Điều 8; Phụ lục I, II"

NATIONAL = Rule(
    "head.national_title",
    re.compile(
        r"c[o0q]n?[gq]? ?h[o0][aà@o]? ?x[aâ4] h[o0][it1l] ?ch[uủ][\w']? ngh[iĩ][aả]? ?v[il1][eê]?[tf]"
        r"(?: n[aâ]m| (?:n\w{1,2}|\w[aâ][mn]|\w{2}m)\b)?"
    ),
    (
        "cong hoa xa hoi chu nghia viet nam",
        "ubnd tinh a cong hoa xa hoi chu nghia viet",
        "c0ng hoa xa hoi chu nghia viet nam",
        "cong hoà xa hoi chu nghia viet nam",
    ),
    ("hiep hoi viet nam", "xa hoi hoa"),
    folded=True,
    source=_FORM,
    needs=("nghi",),
)
PARTY_TITLE = Rule(
    "head.party_title",
    re.compile(r"\bdang cong san viet nam\b"),
    ("tinh uy a dang cong san viet nam",),
    ("dang cong san",),
    folded=True,
    needs=("cong san viet",),
    source="Hướng dẫn 36-HD/VPTW, mục II",
)
MOTTO = Rule(
    "head.motto",
    re.compile(r"[dđo]o[cọe] ?l[aâ][pv]\W{1,8}t[uư] ?do\W{1,8}h[aạ][nm]h? ?ph(?:uc|\w{1,3}\b)"),
    ("doc lap - tu do - hanh phuc", "doc lap — tu do —- hanh phuc", "so y te doc lap - tu do - hanh phu"),
    ("doc lap va tu do", "hanh phuc"),
    folded=True,
    source=_FORM,
    needs=("tu do", "tudo"),
)
NUMBER_LABEL = Rule(
    "head.number_label",
    re.compile(
        r"\W{0,3}(?:(?:bo )?(?:luat|phap lenh|lenh|nghi quyet) )?\b(?:s[o06óe]|5o|\$o)(?: hieu| ?/ ?no\.?)?(?:\s?[:;.,]"
        r"|(?=\s{0,20}[^a-z\s]))\s{0,40}"
    ),
    ("so: 12/kh-ubnd", "so 05-ct/tw", "so:910/syt-nvy", "so207syt-nvy", "so:{24.2 /kh-syt", "so/no.: 5/a-b"),
    ("so y te", "so giao duc va dao tao", "son la"),
    folded=True,
    anchored=True,
    source=_FORM,
)
DATE = Rule(
    "head.place_date",
    re.compile(
        r"(?:[nrh][gqø9][aàu][yv]|\wgay|n\way|ng[^u\W\d]y)(?P<day>[^\n,;]{0,16}?)"
        r"(?:t[hb][aá]n[gqe9]|\whang|t\wang|th\wng|tha\wg|than\w)(?P<month>[^\n,;]{0,10}?)"
        r"(?:n\w[mn]|\wam)\W{0,4}(?P<year>[12][\dolis ]{2,5}[\dolis])\b"
    ),
    (
        "ha noi, ngay 05 thang 4 nam 2023",
        "quang ngai, ngay{s thang 01 nam 2025",
        "kien giang, ngay! 2thang i1 nam 2017",
        "lam dong, ngay         thang 12 nam 2025",
        "hue, ngoy 12 thong 5 nim 2020",
    ),
    ("ngay 05/4/2023", "hang thang, hang nam", "ngan sach thang 5 nam 2024"),
    folded=True,
    needs=("1", "2"),
    source="NĐ 30/2020/NĐ-CP, Phụ lục I, phần I, mục II.4",
)
DATE_BARE = Rule(
    "head.place_date_bare",
    re.compile(r",\s?(?P<day>\d{1,2})\s?thang\s?(?P<month>\d{1,2})\s?nam\s?(?P<year>(?:19|20)\d\d)\b"),
    ("hue, 15 thang 3 nam 2021",),
    ("15 thang 3 nam 2021", "hue, ngay 15 thang 3 nam 2021"),
    folded=True,
    needs=(",",),
)
DATE_SHORT = Rule(
    "head.place_date_short",
    re.compile(r",\s?(?:ngay\s?)?(?P<day>\d{1,2})\s?[/.-]\s?(?P<month>\d{1,2})\s?[/.-]\s?(?P<year>(?:19|20)\d\d)\s*\Z"),
    ("ha noi, ngay 5/4/2023", "hue, 05.04.2023"),
    ("ngay 5/4/2023 cua bo y te",),
    folded=True,
    needs=(",",),
)
SUBJECT = Rule(
    "head.subject_label",
    re.compile(r"\W{0,3}[vy]\s?[/iv1l7.|j]{1,2}\s?[vw]\b\s?[:.]?\s?"),
    ("v/v bao cao", "v7v bao cao", "v/v: bao cao", "- v/v bao cao", "viv bao cao"),
    ("ve viec", "vu"),
    folded=True,
    anchored=True,
    source="NĐ 30/2020/NĐ-CP, Phụ lục I, phần I, mục II.5",
)
ADDRESSEE_LABEL = Rule(
    "head.addressee_label",
    re.compile(
        r"\W{0,4}(?:k[ií1l]nh\s?[gq][uư][iít1]|kinh \wu\w(?=\s?[:;])|k\wnh gui(?=\s?[:;])|kinh trinh(?=\s?:)"
        r"|(?:(?:pho )?(?:chu tich|thu tuong|bo truong|giam doc|truong ban)|uy ban|ban chi|bo|so)\b[^\n:]{0,70} dien"
        r"(?=\s?:))\s?[:;.]?"
    ),
    (
        "kinh gui: so y te",
        "kinh pui: so y te",
        "- kinh gui:",
        "kinh gui",
        "kinh trinh: lanh dao bo",
        "thu tuong chinh phu dien:",
    ),
    ("kinh trinh", "gui kem", "so cong thuong: dien"),
    folded=True,
    anchored=True,
    source="NĐ 30/2020/NĐ-CP, Phụ lục I, phần I, mục II.9",
)
RECIPIENTS_LABEL = Rule(
    "foot.recipients_label",
    re.compile(r"\W{0,4}[nmah]?[o0][ito1]\s?n[hb][aâoe][nmv]h?(?:\s?[:;.,]|\s*\Z|\s{2,})"),
    ("noi nhan:", "noi nham:", "aoi nhan: tm. uy ban nhan dan", "noi nhan", "noi nhan ; "),
    ("noi nhan ho so la bo phan mot cua", "thu nhan"),
    folded=True,
    anchored=True,
    source="NĐ 30/2020/NĐ-CP, Phụ lục I, phần I, mục II.9",
)
FILED = Rule(
    "foot.filed",
    re.compile(r"\W{0,4}[l1i][uưi][uưn]\s?[:;.,]?\s?\(?(?:vt|van thu|v\.t|vp|vl\b|hc|tct|hs|bp)"),
    ("- luu: vt, khtc", "~ 1uu: vt", "luu vt.", "- luu: van thu, kgvx (3b)."),
    ("luu y van ban", "luu vuc song"),
    folded=True,
    anchored=True,
    source="NĐ 30/2020/NĐ-CP, Phụ lục I, phần I, mục II.9",
)
SIGN_FORM = Rule(
    "foot.sign_form",
    re.compile(r"(?<!\w)(?:(?P<form>tm|kt|tl|tuq|q)\s?[.,]|(?P<slashed>[tk]/[mtl])[.,]?(?![a-z]))\s{0,2}(?=[a-z]{2})"),
    ("kt. giam doc", "tm. uy ban nhan dan", "tuq. bo truong", "kt.giam doc", "t/m ban thuong vu"),
    ("skt. giam doc", "kt giam", "tl 12"),
    folded=True,
    source="NĐ 30/2020/NĐ-CP, Điều 13",
)
STAMP = Rule(
    "head.stamp",
    re.compile(
        r"\W{0,4}(?:ky boi|nguoi ky|co quan\s?:|.{0,3}thoi gian ky|ngay ky|email\s?:|.{0,3}t?r?[uổ]ng tam cong"
        r"|\W{0,2}b?ao va tin hoc"
        r"|socialist republic of|independence\W{1,4}freedom|(?:department|ministry|people.?s committee|university"
        r"|embassy|office) of [a-z]|cong bao|chu ky so|signature|tep nay duoc|.{0,20}ttcbth|.{0,30}@\w|\+?\d\d:\d\d\Z"
        r"|.{0,12}\d\d[.:]\d\d[.:]\d\d\b)"
    ),
    (
        "ky boi: uy ban nhan dan tinh a",
        "thoi gian ky: 07/01/2025 10:09:57",
        "trung tam cong",
        "cbth@quang.gov.vn",
        "department of foreign affairs",
        "+07:00",
    ),
    ("uy ban nhan dan tinh a", "trung tam y te"),
    folded=True,
    anchored=True,
)
SECRECY = Rule(
    "head.secrecy",
    re.compile(r"\W{0,3}(?P<mark>tuyet mat|toi mat|mat)\W{0,3}\Z"),
    ("mat", "toi mat", "[tuyet mat]"),
    ("bao mat", "mat tran to quoc"),
    folded=True,
    anchored=True,
    source="Luật Bảo vệ bí mật nhà nước 117/2025/QH15",
)

MARK = Rule(
    "head.mark",
    re.compile(
        r"\W{0,3}(?P<mark>hoa toc(?: hen gio)?|thuong khan|khan|luu hanh noi bo|xem xong tra lai|du thao(?: lan \d)?"
        r"|ban sao)\W{0,3}\Z"
    ),
    ("khan", "hoa toc", "luu hanh noi bo", "du thao lan 2"),
    ("khan cap", "bao khan", "du thao ke hoach"),
    folded=True,
    anchored=True,
    source="NĐ 30/2020/NĐ-CP, Điều 8, khoản 3, điểm b",
)
ALL = (
    MARK,
    NATIONAL,
    PARTY_TITLE,
    MOTTO,
    NUMBER_LABEL,
    DATE,
    DATE_SHORT,
    DATE_BARE,
    SUBJECT,
    ADDRESSEE_LABEL,
    RECIPIENTS_LABEL,
    FILED,
    SIGN_FORM,
    STAMP,
    SECRECY,
)


def date_in(folded: str, start: int = 0) -> re.Match[str] | None:
    """The first place-and-date of ``folded`` at or after ``start``, in whichever of its three forms."""
    for rule in (DATE, DATE_SHORT, DATE_BARE):
        match = rule.pattern.search(folded, start)
        if match:
            return match
    return None
