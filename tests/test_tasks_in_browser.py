"""One task's whole way in a real browser: the side that gives it, and the one that has
it."""

import datetime

from people import make_pdf

CONTENT = "Rà soát hiện trạng kênh mương nội đồng, đề xuất đoạn phải nạo vét"
AGENCY = "Sở Nông nghiệp và Môi trường tỉnh Sông Mây"


def day(ahead):
    """Return a date of the next weeks, as people type it; never a weekend."""
    zone = datetime.timezone(datetime.timedelta(hours=7))
    date = datetime.datetime.now(zone).date() + datetime.timedelta(days=ahead)
    if date.weekday() > 4:
        date += datetime.timedelta(days=2)
    return date.strftime("%d/%m/%Y")


def test_a_task_is_given_reported_refused_and_confirmed(desk_of, tmp_path):
    """DT-3.1a DT-4.3 DT-4.4 DT-4.5b DT-5.2a DT-14.5a: both sides, in two rounds."""
    paper = make_pdf(tmp_path / "giao-viec.pdf", "Công văn giao nhiệm vụ")
    answer = make_pdf(tmp_path / "bao-cao.pdf", "Báo cáo kết quả")

    officer = desk_of("chuyenvien")
    give(officer, paper)

    head = desk_of("giamdoc.so")
    head.open_from_queue("Chờ tiếp nhận", CONTENT)
    head.press("Tiếp nhận")
    report(head, answer, "31/BC-SNNMT")

    officer.open_from_queue("Kết quả chờ xác nhận", CONTENT)
    officer.press("Không đạt")
    officer.page.locator(".modal [name=text] textarea").fill("Chưa có khái toán")
    officer.press("Xác nhận")
    expect_state(officer, "Đang thực hiện trong hạn")

    head.open_from_queue("Bị yêu cầu làm lại", CONTENT)
    head.page.get_by_text("Chưa có khái toán").first.wait_for()
    report(head, answer, "34/BC-SNNMT")

    officer.open_from_queue("Kết quả chờ xác nhận", CONTENT)
    officer.press("Đạt")
    expect_state(officer, "Đã hoàn thành trong hạn")

    # another agency finds nothing of it
    stranger = desk_of("chutich.xa")
    stranger.page.goto("/odoo/nhiem-vu")
    box = stranger.page.locator(".o_searchview_input")
    box.fill(CONTENT)
    box.press("Enter")
    stranger.page.locator(".o_view_nocontent").wait_for()


def give(officer, paper):
    """Enter the task with the data of its document, and give it."""
    page = officer.page
    page.goto("/odoo/nhiem-vu-da-nhap/new")
    page.locator("[name=source_symbol] input").fill("402/UBND-TH")
    officer.type_date("source_date", day(0))
    page.locator("[name=source_subject] textarea, [name=source_subject] input").fill(
        "Chuẩn bị sản xuất vụ đông xuân"
    )
    page.locator("[name=director_name] input").fill("Lương Thế Khải")
    page.locator("[name=signer_name] input").fill("Đoàn Mạnh Trí")
    page.locator("[name=content] textarea").fill(CONTENT)
    rows = page.locator("[name=assignment_ids]")
    rows.get_by_role("button", name="Thêm").or_(rows.get_by_text("Thêm")).first.click()
    officer.pick("partner_id", AGENCY, typed="nong nghiep va moi truong")
    officer.type_date("deadline_day", day(9))
    files = page.locator(".o_field_vanban_task_files input[type=file]")
    files.first.set_input_files(str(paper))
    page.get_by_text("giao-viec.pdf").first.wait_for()
    officer.press("Giao nhiệm vụ")
    page.get_by_text("ĐÃ GIAO").first.wait_for()


def report(head, answer, symbol):
    """Report the result by hand, with all data of the answer."""
    page = head.page
    head.press("Báo cáo kết quả")
    dialog = page.locator(".modal")
    dialog.locator("[name=symbol] input").fill(symbol)
    head.type_date("date", day(0))
    dialog.locator("[name=signer_name] input").fill("Cao Sĩ Hùng Cường")
    dialog.locator("[name=subject] textarea").fill("Hiện trạng kênh mương nội đồng")
    dialog.locator("[name=signed_file] input[type=file]").set_input_files(str(answer))
    dialog.locator("[name=content] textarea").fill("Đã rà soát 61 km kênh")
    head.press("Gửi báo cáo")
    dialog.wait_for(state="detached")
    expect_state(head, "Chờ xác nhận")


def expect_state(desk, label):
    desk.page.locator("[name=state]", has_text=label).first.wait_for()
