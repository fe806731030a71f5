import Kernel
import Storage

/// What a customer asked of the doctor with one booking only (R3.18); standing wishes stand in the customer's file.
/// SQL of `booking_wish`.
package enum BookingWishStore {
    package static func find(_ id: ID<Appointment>, in tx: any ReadTransaction) throws -> String? {
        try tx.first("SELECT said FROM booking_wish WHERE appointment_id = \(id)").map { try $0.text("said") }
    }

    static func insert(_ said: String, for id: ID<Appointment>, in tx: any WriteTransaction) throws {
        try tx.run("INSERT INTO booking_wish (appointment_id, said) VALUES (\(id), \(said))")
    }
}
