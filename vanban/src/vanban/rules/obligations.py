"""Who owes what to whom: words that order, words of action, where a report goes and through which desk.

All rules read folded text; patterns are tried inside one sentence, never over the whole document.
"""

from __future__ import annotations

import re

from vanban.rules.rule import Rule
from vanban.rules.words import spaced

REPORT_VERB = Rule(
    id="duty.report_verb",
    folded=True,
    pattern=spaced(
        r"(?<![a-z])(?:(?:thuc hien|gui|lap|nop|co|tong hop|hoan thien),? (?:van ban |che do )?bao cao|bao cao"
        r"|thong ke|lap danh sach|tong hop|(?:van ban|danh sach|ho so|ket qua|ke hoach)(?= (?:dang ky "
        r"|de nghi )?(?:gui|nop|ve))|gui|nop|dang ky)(?![a-z])"
    ),
    matches=(
        "bao cao ket qua",
        "gui bao cao ve",
        "van ban gui ve so",
        "lap danh sach dang ky",
        "bao cao, thong ke hoc sinh",
    ),
    rejects=("trien khai thuc hien", "ke hoach cong tac"),
)
TO_WHOM = Rule(
    id="duty.to_whom",
    folded=True,
    pattern=spaced(
        r"(?<![a-z])(?:(?:gui |nop |bao cao |trinh )?(?:ve|cho|len|toi|den)|bao cao(?: nhanh)?|gui|nop|trinh"
        r"|bao cao voi)(?::)?\s{1,6}"
    ),
    matches=("gui ve so ", "bao cao uy ban ", "ve so ", "cho bo "),
    rejects=("so giao duc", "tai so "),
)
ONWARD = Rule(
    id="duty.onward",
    folded=True,
    pattern=spaced(r"(?<![a-z])de(?: [a-z&]{1,12}){0,8}?,? (?:tong hop|bao cao|theo doi|trinh|kip thoi)(?![a-z])"),
    matches=("de tong hop bao cao uy ban", "de so y te tong hop bao cao", "de bao cao ubnd tinh"),
    rejects=("de nghi cac don vi", "de an tong the"),
)
DESK = Rule(
    id="duty.desk",
    folded=True,
    anchored=True,
    pattern=spaced(
        r"\s{0,4}(?:,\s{0,3})?(?:\(\s{0,3})?(?:(?:gui )?(?:thong )?qua|don vi dau moi(?: la)?|dau moi(?: la)?"
        r"|bo phan tiep nhan(?: la)?)[\s:]{1,6}(?:dau moi )?"
    ),
    matches=(" (qua van phong so)", " qua phong ke hoach", ", qua phong"),
    rejects=(" quan", " theo quy dinh"),
)
DESK_IN_BRACKETS = Rule(
    id="duty.desk_in_brackets",
    folded=True,
    anchored=True,
    pattern=spaced(
        r"\s{0,4}\(\s{0,3}(?=(?:van phong|phong|vu|ban|cuc|chi cuc|trung tam|bo phan|thuong truc|to)(?![a-z]))"
    ),
    matches=(" (van phong so)", " (phong to chuc can bo)"),
    rejects=(" (theo mau)", " (qua phong)"),
)
ORDERS = Rule(
    id="duty.orders",
    pattern=spaced(  # one set of first characters in front of all branches, so that the engine skips to them
        r"[đĐyYgGpPuUủỦkK](?<!\w.)(?:(?<=[đĐ])[ềê] nghị|(?<=[kK])ính mong|(?<=[yY])êu\W{1,6}c[ầâ]u"
        r"|(?<=[gG])iao(?: cho)?|(?<=[pP])hân công|(?<=[uUủỦ])[yỷ]? ?quyền(?: cho)?)(?!\w)[\s:]{1,6}"
        r"(?!của |tại |này|trên|sau|làm |như )"
    ),
    matches=("đề nghị các đơn vị gửi", "Giao Sở Tài chính chủ trì", "yêu cầu thủ trưởng"),
    rejects=("giáo dục", "theo yêu cầu của Sở", "giảng giao"),
)
FOR_ACTORS = Rule(
    id="duty.for_actors",
    folded=True,
    anchored=True,
    pattern=spaced(r"[\s\-+•]{0,6}(?:[0-9a-z.]{1,4}[.)]\s?)?doi voi\s{1,6}"),
    matches=("doi voi cac don vi", "- doi voi phong"),
    rejects=("phoi hop doi voi",),
)
_ACTION = (
    "căn cứ|kính mong|kính đề nghị|trân trọng đề nghị|có trách nhiệm"
    "|chịu trách nhiệm|có nhiệm vụ|chủ trì|phối hợp|xây dựng|tổ chức|triển khai|thực hiện"
    "|rà soát|theo dõi|đôn đốc|kiểm tra|giám sát"
    "|hướng dẫn|tham mưu|báo cáo|gửi|nộp|lập|tổng hợp|cung cấp|cử|đăng ký|khẩn trương|nghiêm túc|chủ động|tiếp tục"
    "|kịp thời|quan tâm|đẩy mạnh|tăng cường"
    "|hoàn thành|cập nhật|bố trí|thông báo|phân công|chỉ đạo|đề xuất|ban hành|quán triệt|phổ biến|tuyên truyền"
    "|lãnh đạo|cụ thể hóa|cụ thể hoá|thi hành|nghiên cứu|trình|làm|đảm bảo|bảo đảm|tạo điều kiện"
    "|phải|cần|sẽ|định kỳ|hàng năm|hằng năm|hàng quý|hàng tháng|trước ngày|trước khi|trong quá trình|được|tự"
    "|thống kê|sơ kết|tổng kết|đánh giá|vận dụng|sử dụng"
    "|công khai|xử lý|giải quyết|là|tham gia|góp ý|nhập|tiếp nhận|xác định|quản lý|áp dụng|khai thác|xem xét|ký"
    "|công bố|điều chỉnh|nâng cao|đổi mới|phát huy"
    "|duy trì|mở rộng|hỗ trợ|đầu tư|xúc tiến|giới thiệu|quảng bá|phản bác|lồng ghép|tập trung|thúc đẩy|phát triển"
    "|vận động|tập huấn|bồi dưỡng|đào tạo|lựa chọn"
    "|phê duyệt|đề cử|thành lập|kiện toàn|đưa|biên soạn|giúp|sắp xếp|chăm sóc|cải thiện|đăng tải|bổ sung|thanh toán"
    "|quyết toán|tích cực|thường xuyên|chuẩn bị|khắc phục"
    "|xin|đã|chưa|điều động|tiến hành|nhanh chóng|chấp hành|trả lời|liên hệ|có văn bản|có ý kiến|có kế hoạch"
    "|có giải pháp|có biện pháp|đề nghị|yêu cầu|giao|chú trọng|ưu tiên|huy động|thu hút|hoàn thiện|thí điểm"
    "|nhân rộng|khuyến khích|tôn vinh|đề cao|bám sát|nắm bắt|phát hiện|ngăn chặn|phòng ngừa|bảo vệ|củng cố"
    "|thẩm định|thẩm tra|đối chiếu|lưu trữ|số hóa|kết nối|chia sẻ|tuyển chọn|công nhận|phân bổ|quyết định"
)
ACTION = Rule(
    id="duty.action",
    anchored=True,
    pattern=spaced(rf"(?:{_ACTION})(?!\w)", re.IGNORECASE),
    matches=("có trách nhiệm triển khai", "chủ trì, phối hợp", "Xây dựng kế hoạch"),
    rejects=("các đơn vị", "Sở Giáo dục", "tư vấn du học", "cán bộ"),
)
ACTION_WORDS = frozenset(phrase.split()[0] for phrase in _ACTION.split("|"))
"""First words of the actions, to look up before the pattern is tried."""
RESPONSIBLE = Rule(
    id="duty.responsible",
    pattern=spaced(
        r"[cCkKnNpP](?<!\w.)(?:(?<=[cC])(?:ó trách nhiệm|hịu trách nhiệm|ó nhiệm vụ|hủ trì|hủ động|ần)"
        r"|(?<=[kK])hẩn trương|(?<=[nN])ghiêm túc|(?<=[pP])hải)(?!\w)"
    ),
    matches=("các đơn vị có trách nhiệm báo cáo", "Chủ trì, phối hợp"),
    rejects=("trách nhiệm cá nhân", "phải_trả"),
)
ACTOR = Rule(
    id="duty.actor",
    anchored=True,
    pattern=spaced(
        r"(?:các |những |quý |thủ trưởng |người đứng đầu |lãnh đạo |toàn thể |đại diện |từng |mỗi )*(?:phòng(?! chống|,"
        r"| ngừa)|sở|bộ(?! tiêu| máy| phận)|bộ phận|ban(?! hành)|vụ|cục|chi cục|tổng cục|trường(?! hợp)|nhà trường"
        r"|trung tâm|đơn vị|cơ quan|ủy ban|uỷ ban|ubnd|hđnd|hội đồng"
        r"|giám đốc|phó giám đốc|hiệu trưởng|phó hiệu trưởng|chánh văn phòng|văn phòng|tổ trưởng|tổ chuyên môn"
        r"|tổ(?! chức| quốc)|thầy|cô(?! đọng)|ông|bà|đồng chí|đ/c|giáo viên|cán bộ|công chức|viên chức|nhân viên"
        r"|học sinh|đoàn thanh niên|đoàn trường|công đoàn|chi bộ"
        r"|chủ tịch|phó chủ tịch|bí thư|viện|học viện|đại học|bệnh viện|kho bạc|công an|thanh tra|tòa án|hội(?! nhập"
        r"| nghị| thảo| họp| trường)|hiệp hội|liên hiệp|thủ tướng|phó thủ tướng|chính phủ|quốc hội|mặt trận"
        r"|doanh nghiệp|tổ chức, cá nhân|cá nhân|địa phương|huyện|xã(?! hội)|phường|thành phố"
        r"|bộ trưởng|cục trưởng|vụ trưởng|trưởng các|trưởng phòng|trưởng ban|thành viên|kế toán|văn thư"
        r"|đảng [ủu][yỷ]|cấp [ủu][yỷ]|tổ chức đảng|chi [ủu][yỷ]|chi bộ|đảng bộ|tỉnh [ủu][yỷ]"
        r"|thành [ủu][yỷ]|huyện [ủu][yỷ]"
        r"|chủ đầu tư|tập đoàn|tổng công ty|công ty|ngân hàng|đài phát thanh|đài truyền hình|khoa"
        r"|ngành|toàn ngành|kiểm toán|chủ nhiệm|cơ sở giáo dục|cơ sở|cha mẹ|phụ huynh|sở, ban|bộ, ngành"
        r"|thủ trưởng)(?!\w)",
        re.IGNORECASE,
    ),
    matches=("các đơn vị giáo dục", "Phòng Kế hoạch tài chính", "Thầy Ngô", "thủ trưởng các đơn vị"),
    rejects=("báo cáo kết quả", "xây dựng kế hoạch", "Hội nhập quốc tế", "tổ chức tập huấn", "viên và học sinh"),
)
_LISTED_ACTORS = re.sub(r"\(\?!\[?[^)]*\)|\\[A-Za-z]", "", ACTOR.pattern.pattern.replace(r"\s{1,6}", " "))
ACTOR_WORDS = frozenset(re.findall(r"[^\W\d_]+(?:/[^\W\d_]+)?", _LISTED_ACTORS))
"""Words that stand in the names of actors, to look up before the pattern is tried."""
INTRO = Rule(
    id="duty.intro",
    pattern=spaced(
        r"(?:có ý kiến|hướng dẫn|thông báo|báo cáo|ban hành|xây dựng|triển khai|trân trọng|thực hiện"
        r"|kế hoạch)[^.;]{0,260}(?:như sau|sau đây|dưới đây|nội dung sau|cụ thể)\s{0,3}:?\s{0,4}\Z",
        re.IGNORECASE,
    ),
    matches=("Sở Nội vụ có ý kiến với các thư viện như sau:", "Trường xây dựng kế hoạch hoạt động cụ thể như sau:"),
    rejects=("xây dựng kế hoạch hoạt động",),
    source="a line by which the issuer opens the document orders nothing",
)
DONE_BY = Rule(
    id="duty.done_by",
    anchored=True,
    pattern=spaced(
        r"[\s\-+•]{0,6}(?:(?:đơn vị|cơ quan|bộ phận|người) (?:thực hiện|chủ trì|phụ trách|đầu mối)"
        r"|phân công(?: thực hiện)?|chủ trì)\s{0,3}:\s{0,4}",
        re.IGNORECASE,
    ),
    matches=("- Đơn vị thực hiện: Sở Giáo dục", "Đơn vị chủ trì: Văn phòng"),
    rejects=("Các đơn vị thực hiện", "Thời gian thực hiện: "),
)
LABEL_LINE = Rule(
    id="duty.label_line",
    folded=True,
    anchored=True,
    pattern=spaced(
        r"[\s\-+•]{0,4}(?:thoi gian|thoi han|tien do|noi dung|doi tuong|so luong|hinh thuc|dia diem|thanh phan"
        r"|kinh phi|nguon kinh phi|don vi thuc hien|don vi chu tri|dinh muc|muc chi|muc dich|yeu cau|co so"
        r"|phuong thuc|lien he|noi nhan|kinh gui|ho so|chi tieu)(?: [a-z]{1,8}){0,4}\s{0,3}:"
    ),
    matches=("thoi gian thuc hien: ", "- hinh thuc: ", "kinh phi: "),
    rejects=("phong ke hoach: ", "thoi gian qua cac"),
)
CLOSING = Rule(
    id="duty.closing",
    folded=True,
    anchored=True,
    pattern=spaced(
        r"[\s\-+•]{0,4}(?:tren day la|noi nhan|can cu |xet |quyet dinh nay co hieu luc|kinh trinh|quyet dinh ?:"
        r"|tran trong)"
    ),
    matches=("tren day la ke hoach", "kinh trinh uy ban"),
    rejects=("cac don vi co trach nhiem",),
)
ANNOUNCES = Rule(
    id="duty.announces",
    folded=True,
    pattern=spaced(r"thong bao (?:de|toi|den)(?![a-z])"),
    matches=("so giao duc va dao tao tran trong thong bao toi cac don vi",),
    rejects=("thong bao ket qua",),
    source="the closing sentence of a letter; tried in its first 110 characters",
)
