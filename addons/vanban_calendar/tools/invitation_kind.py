"""Does a paper invite? Told by its kind and subject, as the register has them."""

import re

from .invitation_labels import clean, fold_same, fold_words, squeeze

_KINDS = ("giay moi", "thu moi", "giay trieu tap", "thiep moi")
_MAY_INVITE = ("cong van", "thong bao", "cong dien", "phieu chuyen", "van ban", "")
_MEETING = (
    r"(?:hop|hoi nghi|cuoc hop|buoi|le|hoi thao|toa dam|lop|tap huan|ky hop|phien"
    r"|dai hoi|giao ban|lam viec|hoi dong|doan|tiep xuc|doi thoai|gap mat|khai giang"
    r"|chuong trinh|kiem tra|khao sat|ngay hoi)"
)
_INVITES = re.compile(
    rf"\b(?:moi (?:\S+ ){{0,5}}?(?:du|tham du|tham gia|{_MEETING})\b|giay moi|trieu tap"
    rf"|(?:tham )?du (?:\S+ ){{0,2}}?{_MEETING}\b|lich (?:hop|lam viec)\b"
    rf"|(?:thay doi|dieu chinh|hoan|doi|lui|huy) (?:\S+ ){{0,3}}?(?:hop|hoi nghi|le)\b)"
    r"|^(?:v/v |ve viec )?(?:to chuc )?(?:cuoc |buoi )?hop\b"
)
_INVITES_NOT = re.compile(
    r"\b(?:moi thau|moi chao gia|bao gia|moi quan tam|moi nop|ket luan|ket qua|bien ban"
    r"|bao cao ve|du thao ket luan|thong bao sau)\b"
)


def is_invitation(kind_name, subject):
    """Tell by its kind and subject whether a paper invites to a meeting.

    >>> is_invitation("Giấy mời", ""), is_invitation("Công văn", "mời thầu gói số 2")
    (True, False)
    """
    kind = fold_same(clean(squeeze(kind_name or "")))
    if kind.startswith(_KINDS):
        return True
    subject = fold_words(clean(squeeze(subject or ""))[:1000])
    if not kind.startswith(_MAY_INVITE[:-1]) and kind:
        return False
    return bool(_INVITES.search(subject)) and not _INVITES_NOT.search(subject)
