import Kernel
import Testing

@testable import ClinicWeb

@Suite struct QRCodeTests {
    /// The three corner marks every reader looks for.
    private static func hasMark(_ modules: [[Bool]], row: Int, column: Int) -> Bool {
        let mark = ["1111111", "1000001", "1011101", "1011101", "1011101", "1000001", "1111111"]
        return mark.enumerated().allSatisfy { y, line in
            line.enumerated().allSatisfy { x, digit in modules[row + y][column + x] == (digit == "1") }
        }
    }

    @Test("二维码有三个定位角，四格白边，大小随内容 R1.10")
    func looksLikeACode() throws {
        let modules = try QRCode.modules("https://yuyue.example.cn/r?clinic=0000000000001&lang=zh-CN")
        let width = modules.count
        // Sides of codes are 21, 25, 29 …
        #expect(width > 21 && (width - 21) % 4 == 0 && modules.allSatisfy { $0.count == width })
        #expect(Self.hasMark(modules, row: 0, column: 0))
        #expect(Self.hasMark(modules, row: 0, column: width - 7))
        #expect(Self.hasMark(modules, row: width - 7, column: 0))
        #expect(!Self.hasMark(modules, row: width - 7, column: width - 7))
        let code = try QRCode("A", label: "码")
        #expect(code.viewBox == "0 0 29 29" && code.path.hasPrefix("M4 4h7v1h-7z"))
    }

    @Test("路径画出的正是那些黑格")
    func drawsEveryDarkModule() throws {
        let modules = try QRCode.modules("https://yuyue.example.cn/r/form/4fZk1uT0pQ8mX2sVb7nYc3Wd")
        var drawn = Set<[Int]>()
        for run in QRCode.path(modules).matches(of: /M(\d+) (\d+)h(\d+)v1h-(\d+)z/) {
            let (x, y, length) = (Int(run.1) ?? 0, Int(run.2) ?? 0, Int(run.3) ?? 0)
            #expect(run.3 == run.4)
            for step in 0..<length { drawn.insert([x - 4 + step, y - 4]) }
        }
        let dark = Set(modules.enumerated().flatMap { y, row in row.indices.filter { row[$0] }.map { [$0, y] } })
        #expect(drawn == dark && !dark.isEmpty)
    }

    @Test("放不下的内容不画")
    func refusesWhatDoesNotFit() {
        #expect(throws: QRFailure.self) { try QRCode("", label: "") }
        #expect(throws: QRFailure.self) { try QRCode(String(repeating: "a", count: 301), label: "") }
    }
}
