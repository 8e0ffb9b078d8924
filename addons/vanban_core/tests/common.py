import base64
import io
import zipfile
from xml.sax.saxutils import escape

from pypdf import PdfWriter

from odoo.tests import new_test_user

from odoo.addons.base.tests.common import BaseCommon

# the people of VanbanCommon
ROLES = [
    "clerk",
    "officer",
    "officer2",
    "unit_head",
    "office_head",
    "leader",
    "secretary",
    "archivist",
    "admin",
    "stranger",
]


def make_pdf(pages=1):
    """Return the bytes of an empty PDF of so many A4 pages."""
    writer = PdfWriter()
    for _page in range(pages):
        writer.add_blank_page(width=595, height=842)
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def make_zip(**members):
    """Return the bytes of a ZIP; names are given with ``_`` for the dot."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("_", "."), content)
    return buffer.getvalue()


def make_docx(paragraphs, numbered=False):
    """Return a DOCX; numbered paragraphs have their number from Word."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = ""
    for text in paragraphs:
        number, words = "", text
        if numbered and text[0].isdigit():
            number = (
                '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr>'
                "</w:pPr>"
            )
            words = text[3:]
        half = len(words) // 2
        runs = "".join(
            f'<w:r><w:t xml:space="preserve">{escape(part)}</w:t></w:r>'
            for part in (words[:half], words[half:])
        )
        body += f"<w:p>{number}{runs}</w:p>"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>',
        )
    return buffer.getvalue()


class VanbanCommon(BaseCommon):
    """An agency with one person per role, and one agency beside it.

    ``clerk, officer, officer2, unit_head, office_head, leader, secretary, archivist,
    admin, stranger`` are users; ``unit`` and ``unit2`` are units; ``stranger`` is a
    clerk of ``other_agency``.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agency = cls.env["res.company"].create(
            {"name": "UBND tỉnh Mẫu", "vanban_code": "UBND", "vanban_place": "Mẫu"}
        )
        cls.other_agency = cls.env["res.company"].create(
            {"name": "Sở Mẫu", "vanban_code": "SM"}
        )
        cls.clerk = cls._create_person("clerk", "vanban_core.group_clerk")
        cls.officer = cls._create_person("officer")
        cls.officer2 = cls._create_person("officer2")
        cls.unit_head = cls._create_person("unit_head", "vanban_core.group_unit_head")
        cls.office_head = cls._create_person(
            "office_head", "vanban_core.group_office_head"
        )
        cls.leader = cls._create_person("leader", "vanban_core.group_leader")
        cls.secretary = cls._create_person("secretary")
        cls.archivist = cls._create_person("archivist", "vanban_core.group_archivist")
        cls.admin = cls._create_person("vb_admin", "vanban_core.group_admin")
        cls.stranger = cls._create_person(
            "stranger", "vanban_core.group_clerk", cls.other_agency
        )
        cls.unit = cls._create_unit("Phòng Tổng hợp", "TH", cls.unit_head, cls.officer)
        cls.unit2 = cls._create_unit("Phòng Khoa giáo", "KG", cls.officer2)
        cls.agency.vanban_first_receiver_id = cls.office_head
        cls.kind = cls.env.ref("vanban_core.vanban_document_type_decision")
        cls.letter = cls.env.ref("vanban_core.vanban_document_type_letter")
        cls.issuer = cls.env["res.partner"].create(
            {"name": "Bộ Mẫu", "is_company": True, "vanban_code": "BM"}
        )
        cls.serial = 0

    @classmethod
    def _create_person(cls, login, group="vanban_core.group_officer", agency=None):
        agency = agency or cls.agency
        user = new_test_user(
            cls.env,
            login,
            groups=f"base.group_user,{group}",
            name=login.replace("_", " ").title(),
            company_id=agency.id,
            company_ids=[(6, 0, agency.ids)],
            tz="Asia/Ho_Chi_Minh",
        )
        cls.env["hr.employee"].create(
            {
                "name": user.name,
                "user_id": user.id,
                "company_id": agency.id,
                "job_title": login,
            }
        )
        return user

    @classmethod
    def _create_unit(cls, name, code, *people):
        """Return a unit of these people; the first is its head."""
        unit = cls.env["hr.department"].create(
            {
                "name": name,
                "vanban_code": code,
                "company_id": cls.agency.id,
                "manager_id": cls._get_employees(people[0]).id,
            }
        )
        for person in people:
            cls._get_employees(person).department_id = unit
        return unit

    @classmethod
    def _get_employees(cls, users):
        return cls.env["hr.employee"].search([("user_id", "in", users.ids)])

    @classmethod
    def _create_incoming(cls, files=1, user=None, **values):
        """Return a document that arrived, entered by the clerk."""
        cls.serial += 1
        document = (
            cls.env["vanban.document"]
            .with_user(user or cls.clerk)
            .create(
                {
                    "direction": "incoming",
                    "issuer_id": cls.issuer.id,
                    "symbol": f"{cls.serial}/QĐ-BM",
                    "date": cls.agency._vanban_today(),
                    "document_type_id": cls.kind.id,
                    "subject": f"Về việc kiểm tra số {cls.serial}",
                    **values,
                }
            )
        )
        for _file in range(files):
            cls._add_file(document, role="scan")
        return document

    @classmethod
    def _create_registered(cls, **values):
        document = cls._create_incoming(**values)
        document.action_register()
        return document

    @classmethod
    def _create_handled(cls, officer=None, **values):
        """Return a document that an officer has in the lead."""
        document = cls._create_registered(**values)
        document.with_user(cls.office_head).action_route(
            [{"user_id": (officer or cls.officer).id, "role": "lead"}]
        )
        return document

    @classmethod
    def _create_draft(cls, user=None, files=1, **values):
        user = user or cls.officer
        draft = (
            cls.env["vanban.document"]
            .with_user(user)
            .create(
                {
                    "direction": "outgoing",
                    "document_type_id": cls.letter.id,
                    "subject": "Trả lời kiến nghị",
                    "recipient_ids": [(0, 0, {"partner_id": cls.issuer.id})],
                    **values,
                }
            )
        )
        for _file in range(files):
            cls._add_file(draft, role="draft", name="du-thao.pdf")
        return draft

    @classmethod
    def _create_approved(cls, **values):
        """Return a draft that the leader approved, its signed original attached."""
        draft = cls._create_draft(**values)
        draft.action_submit([{"user_id": cls.leader.id, "kind": "sign"}])
        draft.with_user(cls.leader).action_approve()
        draft = draft.with_user(cls.clerk)
        cls._add_file(draft, role="signed", name="ban-ky.pdf")
        return draft

    @classmethod
    def _create_issued(cls, **values):
        document = cls._create_approved(**values)
        document.action_issue()
        return document

    @classmethod
    def _add_file(cls, document, role="scan", name="van-ban.pdf", raw=None):
        content = make_pdf() if raw is None else raw
        return document.env["vanban.document.file"].create(
            {
                "document_id": document.id,
                "name": name,
                "role": role,
                "content": base64.b64encode(content),
            }
        )
