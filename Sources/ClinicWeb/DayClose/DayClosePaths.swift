/// Addresses of the start page of operations and of what is left before the day is closed.
package enum DayClosePaths {
    package static let operations = Area.operations.path
    package static let list = "/day-close"
    static let part = "/day-close/list"
    static let carry = "/day-close/carry"
}
