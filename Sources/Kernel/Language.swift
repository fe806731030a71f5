/// The languages of public pages, prints for customers and messages. Staff pages are Chinese (R16.20).
package enum Language: String, CaseIterable, Hashable, Sendable {
    case chinese = "zh-CN"
    case english = "en"
}
