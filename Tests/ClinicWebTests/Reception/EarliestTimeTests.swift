import Clinic
import ClinicWeb
import Kernel
import Testing

@Suite struct EarliestTimeTests {
    @Test("没有预约直接来的客人：到访登记页一点就查最早的时间，有预约的不显示 R3.53")
    func walkInFindsTheEarliestTime() async throws {
        let desk = try await ReceptionPagesFixture()
        let patient = desk.book.patients[1].text
        let booked = try await desk.book.place("09:30", day: BookPagesFixture.today)
        try await desk.use { browser in
            let arrival = try await browser.get("/reception/arrivals/new?patient=\(patient)", as: "head")
            let link = "/appointments/new?patient=\(patient)&amp;from=2026-03-12&amp;channel=onSpot"
            #expect(arrival.status == 200)
            #expect(arrival.body.contains(link))
            let withBooking = try await browser.get(
                "/reception/arrivals/new?appointment=\(booked.id.text)", as: "head")
            #expect(!withBooking.body.contains("查最早的时间"))
            let panel = try await browser.get(link.replacing("&amp;", with: "&"), as: "head")
            #expect(panel.status == 200)
            #expect(panel.body.contains("<option value=\"2026-03-12\" selected>今天，越早越好</option>"))
            let offers = try await browser.post(
                "/appointments/offers",
                ["patient": patient, "complaint": "牙痛", "channel": "onSpot", "from": "2026-03-12"], as: "head")
            #expect(offers.body.contains("09:30") || offers.body.contains("09:45") || offers.body.contains("10:"))
            #expect(offers.body.contains("3 月 12 日 星期四"))
        }
    }
}
