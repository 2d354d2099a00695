"""What stands around a code in a sentence: type and "số" before it, day, issuer and subject after it.

Rules read folded text unless said otherwise. All are tried at one place or inside a window of at most 300 characters.
"""

from __future__ import annotations

import re

from vanban.rules.codes import UPPER
from vanban.rules.dates import DATE, DAY_WORD
from vanban.rules.rule import Rule
from vanban.rules.words import spaced

NUMBER_WORD = Rule(
    id="cite.number_word",
    folded=True,
    pattern=re.compile(
        r"(?:(?<!\w)|(?<=dinh)|(?<=thong tu)|(?<=quyet)|(?<=chi thi)|(?<=cong van)|(?<=ke hoach)|(?<=thong bao))"
        r"(?:[s$5][o06]|so hieu)\s{0,3}[:.,;*\-–]{0,2}\s{0,4}\*{0,2}\Z"
    ),
    matches=("cong van so ", "nghi dinh so *", "thong tu lien tich so: ", "chuong trinh hanh dong so-"),
    rejects=("so y te ", "ho so kem "),
)
NOT_A_DOCUMENT = Rule(
    id="cite.not_a_document",
    folded=True,
    pattern=re.compile(
        r"(?<!\w)(?:mau|bieu|bieu mau|phu luc|phu bieu|ma so|tai khoan|bang|hop thu|nha|duong|pho|ngo|thua|to ban do"
        r"|phong|lop|quay"
        r"|tcvn|qcvn|tcxdvn|tccs|iso|iec|astm|dien thoai|dt|fax|cong bao|hoa don|bien lai|bien so|lo|so nha|dia chi)"
        r"(?:\s{1,3}so)?[\s:.\-0-9]{0,14}\Z"
    ),
    matches=("mau so ", "qcvn 01-1:", "bieu so ", "cong bao so "),
    rejects=("theo cong van so ", "quyet dinh "),
)
OWN_NUMBER = Rule(
    id="cite.own_number",
    pattern=re.compile(r"S[ốỐóôo]\s?[:;]\s{0,30}\Z"),
    matches=("Số: ", "SỐ:  ", "Hạnh phúcSố:"),
    rejects=("số: ", "Số "),
    source="NĐ 30/2020/NĐ-CP, Phụ lục I: the document's own number begins with a capital and a colon",
)
OWN_NUMBER_LINE = Rule(
    id="cite.own_number_line",
    anchored=True,
    pattern=re.compile(r"\W{0,4}S[ốỐóôo](?!\w)[^\n]{0,12}|\W{0,4}S[ốỐóôo][:{#‡|\[(0-9][^\n]{0,12}"),
    matches=("Số: #", "Só:22(/", "Số: |4 ‡"),
    rejects=("số ", "Sở Y tế "),
    source="a line that begins with a capital Số and is no sentence",
)
DATE_AFTER = Rule(
    id="cite.date_after",
    anchored=True,
    folded=True,
    pattern=re.compile(
        r"[\s,.:(\-–]{0,5}(?:(?:duoc|da|cung)\s{1,3})?(?:(?:ky|ban hanh|ky ban hanh|phat hanh|lap|de)\s{1,3})?"
        r"(?:(?:hoi|luc)\s{1,3}[0-9]{1,2}\s?(?:gio|h|g)\s?(?:[0-9]{2})?(?:\s?phut)?,?\s{1,3})?"
        rf"(?:{DAY_WORD}[\s:.]{{0,5}}|(?<=[,\s(]))(?:{DATE})[.]?"
    ),
    matches=(
        " ngày 05/8/2020",
        ", ngày 21/01/2015",
        " (ngày 3 tháng 4 năm 2023",
        " Ngày 25/12/2023",
        ", 12/3/2020",
        " ký ngày 1/2/2019",
    ),
    rejects=(" có hiệu lực", "ngày tháng năm 2023"),
)
LATE_DATE = Rule(
    id="cite.late_date",
    folded=True,
    pattern=re.compile(rf"(?:ban hanh\s{{1,4}})?(?<![a-z]){DAY_WORD}\s{{1,4}}(?:{DATE})"),
    matches=("Thống kê ngày 23/11/2015 của Quốc hội", "ban hành ngày 25/06/2015"),
    rejects=("năm 2015",),
)
BLANK_DATE = Rule(
    id="cite.blank_date",
    anchored=True,
    folded=True,
    pattern=re.compile(
        r"[\s,(]{0,4}(?:ngay[\s.…_]{0,20}(?:[0-9]{1,2})?[\s.…_]{0,20}thang[\s.…_]{0,20}(?:[0-9]{1,2})?[\s.…_]{0,20}n"
        r"am[\s.…_]{0,12}(?:[0-9]{4})?"
        r"|thang\s{1,3}[0-9]{1,2}(?:\s{1,3}nam\s|\s?[/.\-]\s?)[0-9]{4}|nam\s{1,3}[0-9]{4}(?!\s?[-–]))"
    ),
    matches=(" ngay     thang   nam 2023", " nam 2013", " thang 3 nam 2020", " ngay ... thang 5 nam 2024"),
    rejects=(" ngay 5/3/2020", " trong nam 2020 - 2025"),
)
UNREADABLE_DATE = Rule(
    id="cite.unreadable_date",
    folded=True,
    anchored=True,
    pattern=re.compile(
        r"[\s,(]{0,4}(?:ngay|ngav|nsay)[\s:]{0,3}(?=[^\n;]{0,40}(?:[0-9]|thang))(?:(?!\scua\s|\sve\s"
        r"|\sban hanh)[^\n;]){1,34}?(?=\s{1,4}(?:cua|ve viec|ve)\s)"
    ),
    matches=(" ngay 08/6/20210 cua chinh phu", " ngay {s thang 01 nam 2025 cua so"),
    rejects=(" ngay nay cua", " cua so"),
)
NOTE = Rule(
    id="cite.note",
    anchored=True,
    folded=True,
    pattern=re.compile(
        r"[\s,]{0,4}\((?:sau day|goi tat|goi la|viet tat|da duoc|duoc|ban hanh kem|kem theo|gui kem)[^()]{0,160}\)"
    ),
    matches=(" (sau day goi tat la nghi dinh 30)", " (da duoc sua doi, bo sung)"),
    rejects=(" (cong van so 12)",),
)
OF = Rule(
    id="cite.of",
    anchored=True,
    folded=True,
    pattern=re.compile(
        r"[\s.,]{0,5}(?:(?:cua|do)(?:\s{1,8}|\s{0,2}\.\s{1,4})|cua(?=ubnd|uy ban|bo |so |chinh phu|thu tuong"
        r"|chu tich))(?:cac\s{1,3}(?=dong chi))?"
    ),
    matches=(" cua bo chinh tri", ", cua chinh phu", ". cua so y te"),
    rejects=(" ve viec",),
)
SENT_TO = Rule(
    id="cite.sent_to",
    anchored=True,
    folded=True,
    pattern=re.compile(r"[\s,]{0,4}(?:gui|kinh gui|tra loi)\s{1,4}(?:cho\s{1,3}|den\s{1,3})?"),
    matches=(" gui tong cong ty",),
    rejects=(" ve viec",),
)
ABOUT = Rule(
    id="cite.about",
    anchored=True,
    folded=True,
    pattern=re.compile(
        r"(?:[\s,:.(\-–]{0,5}(?:ve\s{1,4}viec|v/v|viv|ve|vv)(?![\w])[\s:]{0,4}|[\s,:(]{0,4}(?=qu[yiv]\s{1,4}dinh"
        r"|sua\s{1,4}doi|huong\s{1,4}dan chi tiet|phe\s{1,4}duyet|ban\s{1,4}hanh(?!\s{1,4}kem)))"
    ),
    matches=(" ve viec ban hanh", ", ve cong tac", " quy dinh chi tiet", " v/v: bao cao", ": ban hanh chuong trinh"),
    rejects=(" va cong van", " vu viec", " ban hanh kem theo"),
)
_SUBJECT_VERBS = (
    "trien khai|thuc hien|huong dan|phe duyet|ban hanh(?! kem)|cong bo|thanh lap|kien toan|tong hop|ra soat|ta soat"
    "|phan cong|cong nhan|to chuc"
    "|tang cuong|day manh|nang cao|de nghi|de xuat|dieu chinh|bo nhiem|dieu dong|mien nhiem|giao(?= (?:chi tieu"
    "|du toan|ke hoach|nhiem vu|bien che))"
    "|cho phep|chap thuan|dinh huong|danh gia|bao cao|uy quyen|xac nhan|phan bo|bo sung|hop nhat|bai bo|thay the"
    "|quyet dinh|hoat dong|cong tac"
    "|phat dong|tong ket|so ket|xay dung|chuyen|gop y|lay y kien|phuc vu|xu ly|kiem tra|thanh tra|quan ly"
    "|phat trien|khac phuc|cung cap|bao ve|mo|cu"
    "|chien luoc|chuong trinh|de an|quy che|doi moi|ung dung|xet|phong|tuyen|moi|trieu tap|danh muc|mot so|ke hoach"
    "|lap|trinh|bao dam|dam bao|chan chinh"
)
_SUBJECT_VERBS = re.sub(r"(?<=[a-z]) (?=[a-z])", r"\\s{1,4}", _SUBJECT_VERBS)
SUBJECT_VERB = Rule(
    id="cite.subject_verb",
    anchored=True,
    folded=True,
    pattern=re.compile(rf"[\s:]{{1,5}}(?=(?:{_SUBJECT_VERBS})(?!\w))"),
    matches=(" trien khai chien luoc", "\nthuc hien nghi quyet"),
    rejects=(", thuc hien", " va thuc hien", " trong toan nganh"),
    source="the subject may follow without 'về' when nothing separates it",
)
QUOTED_SUBJECT = Rule(
    id="cite.quoted_subject",
    anchored=True,
    pattern=re.compile(r"[\s:,]{1,4}(?=[“\"])"),
    matches=(" “Tăng cường sự lãnh đạo", ' "Về phát triển'),
    rejects=(" về “Tăng cường", "; “"),
)
ABOUT_END = Rule(
    id="cite.about_end",
    pattern=re.compile(
        # One set of first characters in front of all branches, so that the engine skips to them.
        rf"[;)(|:.,v\nCKQ](?:(?<=[;)(|])|(?<=:)(?=\s{{0,4}}[“\"\n])|(?<=\.)/|(?<=\sv)à\s(?=có\s|đã\s)"
        rf"|(?<=\.)(?=\s{{1,99}}[{UPPER}“(\-0-9•+]|\s{{0,40}}\Z|[{UPPER}][^{UPPER}\W])|(?<=,)(?=\s)"
        r"|(?<=\n)\s{0,40}(?=(?:[-+•–]\s|[0-9]{1,2}(?:\.[0-9]{1,2}){0,3}[.)/]\s?|[a-zđ]\)|[IVX]{1,5}[.\s]|Điều\s[0-9]"
        r"|Căn cứ|Thực hiện\s|Xét |Theo đề nghị"
        rf"|Kính gửi|Nơi nhận|Trên cơ sở|[{UPPER}]{{2,}}\s[{UPPER}]{{2,}}))"
        r"|(?<=\wC)ăn cứ |(?<=\wK)ính gửi|(?<=\wQ)UYẾT"
        r"|(?<=\n)\s{0,3}\n(?=\s{0,3}Sở |\s{0,3}Trường |\s{0,3}Ủy ban|\s{0,3}Bộ ))"
    ),
    matches=(
        "năm 2023;",
        "với cách mạng)",
        "nội bộ./.",
        "năm học. Trường",
        "tình hình mới\nCăn cứ Nghị định",
        "đến năm 2030\n\nKính gửi",
    ),
    rejects=("giai đoạn 2021 - 2025 và", "TP.HCM năm 2023"),
)
NEW_CLAUSE_VERB = Rule(
    id="cite.new_clause_verb",
    anchored=True,
    folded=True,
    pattern=spaced(
        r"\s{1,4}(?:(?:da|se|tran trong|kinh|khan truong|tiep tuc|xin|co)\s{1,3})?(?:huong dan|yeu\W{1,4}cau|de nghi"
        r"|thong bao|bao cao|co y kien|ban hanh|xay dung|giao"
        r"|trinh|trien khai|to chuc|y kien|kinh de nghi|chi dao|nhan thay|gui|moi|kinh moi|trieu tap|phoi hop|lap"
        r"|de xuat|cho y kien|nhan duoc|quyet dinh)(?!\w)"
    ),
    matches=(" huong dan viec thuc hien", " co y kien nhu sau", " tran trong kinh moi"),
    rejects=(" va cac bo", ", tai chinh"),
)
NEW_CLAUSE = Rule(
    id="cite.new_clause",
    folded=True,
    anchored=True,
    pattern=re.compile(
        r"[\s(]{1,4}(?:theo do|cu the|trong do|nay|tuy nhien|dong thoi|nhu sau|de nghi|yeu cau|thoi gian|thoi han"
        r"|duoc|kem theo|dinh kem|gui kem|danh sach|sau day|co hieu luc)(?!\w)"
    ),
    matches=(" theo do quy dinh", " cu the: tong so", "(duoc gui tren truc", " tuy nhien den nay"),
    rejects=(" the thao va du lich", "(2024 - 2029)"),
)
PLACED_BEFORE = Rule(
    id="cite.issuer_before",
    folded=True,
    pattern=re.compile(
        r"(?:(?<=\s)tai(?:\s{1,4}noi dung)?\s{1,4}(?:cac\s{1,3})?|\(\s{0,3}(?:(?:tai|theo|cac|kem)\s{1,3}){0,2})\Z"
    ),
    matches=("so tai chinh tai ", "tinh nghe an (", "hoi nuoc mam (theo "),
    rejects=("quy dinh tai dieu 5 ", "thuc hien "),
)
ISSUES = Rule(
    id="cite.issues",
    folded=True,
    pattern=re.compile(
        r"(?<=\s)(?:(?:da|vua|tiep tuc|cung|co|moi)\s{1,4}){0,2}(?:ban hanh|ky ban hanh|ky|co|ra|phat hanh|gui|trinh"
        r"|thong qua)\s{1,4}(?:(?:cac|them|noi dung|mot so)\s{1,4})?\Z"
    ),
    matches=("thu tuong chinh phu da ban hanh ", "so y te co ", "uy ban nhan dan tinh da ky "),
    rejects=("so tu phap nhan duoc ", "so van hoa thuc hien "),
)
DATE_BEFORE = Rule(
    id="cite.date_before",
    folded=True,
    pattern=re.compile(rf"(?<![a-z]){DAY_WORD}\s{{1,4}}(?:{DATE})[\s,]{{0,4}}\Z"),
    matches=("Ngày 26/4/2013, ", "ngày 15 tháng 11 năm 2010 "),
    rejects=("Ngày 26/4/2013 đã ",),
)
REPORT_OF = Rule(
    id="cite.report_of",
    folded=True,
    pattern=re.compile(
        r"(?<!\w)(?:bao cao|de nghi|y kien|de xuat|kien nghi|van ban|chi dao|thong bao"
        r"|ket luan)\s{1,4}cua\s{1,4}(?:dong chi\s{1,4})?"
    ),
    matches=("theo bao cao cua tong cong ty",),
    rejects=("bao cao ket qua",),
)
PROVISION = Rule(
    id="cite.provision",
    folded=True,
    pattern=re.compile(
        r"(?<!\w)(?:(?:tai\s{1,3})?(?:diem|khoan|dieu|muc|chuong|phan|tieu muc|phu luc|gach dau dong thu"
        r"|doan)\s{1,4}(?:[0-9]{1,3}[a-z]?(?:\.[0-9]{1,2}){0,3}|[a-zđ]|[ivxlc]{1,6}|nhat|hai|ba)"
        r"(?:[\s,;]{1,4}(?:(?:va|den|hoac)\s{1,3})?(?:[0-9]{1,3}[a-z]?|[a-zđ])(?=[\s,])){0,6}[\s,]{1,4}(?:(?:va|den"
        r"|hoac|cua)\s{1,4})?){1,6}\Z"
    ),
    matches=(
        "theo diem a khoan 2 dieu 5 ",
        "quy dinh tai khoan 4 dieu 14 va dieu 27 ",
        "dieu 4 cua ",
        "khoan 1, 2 va 3 dieu 7 ",
    ),
    rejects=("theo dieu le ", "muc tieu cua ", "theo "),
)
BASIS_START = Rule(
    id="cite.basis_start",
    pattern=re.compile(
        r"[\n;.:][\s_*\-–]{0,12}(?:C[ăa]n cứ|Thực hiện|Xét|Trên cơ sở|Triển khai|Tiếp theo|Thi hành|Để thực hiện"
        r"|Để triển khai"
        r"|Theo|Chấp hành|Phúc đáp|Tiếp nhận)(?!\w)|Căn cứ(?<=[\w”)]Căn cứ)"
    ),
    matches=("\n Căn cứ Luật", "; Xét Tờ trình", "\nThực hiện Kế hoạch", "2030;Căn cứ Chỉ thị", "hội)Căn cứ Luật"),
    rejects=("tiếp tục thực hiện Kế hoạch", "đã căn cứ"),
)
LIST_GLUE = Rule(
    id="cite.list_glue",
    folded=True,
    pattern=re.compile(r"[\s,;)]{0,4}(?:(?:va|hoac|cung|voi|cung voi|den)[\s,:]{0,4})?(?:cac\s{1,3})?"),
    matches=(", ", " va ", ";\n", ", cac "),
    rejects=(),
)
SHORT_TAIL = Rule(
    id="cite.short_tail",
    anchored=True,
    folded=True,
    pattern=re.compile(r"[\s,]{0,3}(?:\()?\s{0,2}(?:ngay\s{1,3}[0-9]|(?:cua|do)\s)"),
    matches=(" ngay 5/3/2020", ", ngay 3 thang 4", " cua bo y te"),
    rejects=(" duong tran phu", " tai "),
    source="a number alone counts as a citation only with a day or an issuer behind it",
)
