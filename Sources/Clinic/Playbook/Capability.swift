/// What a role may do or see. Roles are sets of these (`Playbook/roles.yaml`, Appendix A); a page or use case asks for one.
package enum Capability: String, CaseIterable, Sendable {
    // Pages
    /// The workbench 工作台: the tasks of the person.
    case seeWorkbench
    /// The appointment book with names.
    case seeBoard
    /// The reception board: coming, waiting, in the chair.
    case seeReception
    /// The roster of today and later days (R3.11).
    case seeRoster
    /// The search box over customers.
    case seePatients
    /// The page of one customer: identity, bookings, visits in time order (R1.35).
    case seePatientRecord
    /// Medical content: inquiry, findings, treatments, tooth chart (R5.01).
    case seeMedicalRecord
    /// Full phone numbers; without it they are masked (R16.06).
    case seePhones
    /// Shows a masked value for a moment; recorded (R16.06).
    case revealProtected
    /// Occupation, economic and family situation of the consultation profile (R1.20).
    case seeSensitiveProfile
    /// What a customer owes and paid (R6.09).
    case seeBalances
    /// The price list (R6.39).
    case seePrices
    /// Till, shift and payment data of the clinic.
    case seeTill
    /// Reports of the clinic (group 15).
    case seeReports
    /// The audit log (R16.11).
    case seeAudit
    /// Record, charges and complaints of another clinic; opening them is an access event.
    case seeOtherClinics

    // Customers
    /// Registers a first-visit customer (R1.01).
    case registerPatients
    /// Corrects identity and contact data, with history (R1.04).
    case editPatients
    /// Changes or withdraws what another person entered; a versioned correction (R1.29, R16.04).
    case editOtherPatients
    /// Joins two files of one person (R1.14).
    case mergePatients
    /// Prints or copies a record; each print is recorded with its purpose (R1.32).
    case printRecords
    /// Exports lists with personal data (R16.01).
    case exportData

    // Appointments
    /// Places bookings inside the roster (R3.06).
    case bookAppointments
    /// Moves bookings or changes their length (R3.31).
    case moveAppointments
    /// Cancels bookings with a coded reason.
    case cancelAppointments
    /// Passes the refusal outside the roster (R3.08).
    case bookOutsideRoster
    /// 加号: sees a customer without a slot of the doctor.
    case squeezeIn
    /// Chooses a doctor who is not the one the rules propose, with a reason (R2.28).
    case assignAnyDoctor
    /// Assigns warranty cases whose doctor has left, and other cases kept for the supervisor (R2.23).
    case assignSpecialCases
    /// Confirms the bookings of the day as administrative-duty doctor (R3.37).
    case confirmDayPlan

    // Reception
    /// Checks in a customer who was here before (R4.23).
    case checkInReturning
    /// Checks in anybody, with or without booking.
    case checkIn
    /// Sets visit type, emergency category and segment (R2.01, R2.09).
    case triage
    /// Calls, recalls and skips tickets (R4.10).
    case callQueue
    /// Leads a customer to a chair (R4.11).
    case leadIn
    /// Taps the progress of a chair (R4.15).
    case updateChairs
    /// Sends a written note to a doctor whose chair is occupied (R4.17).
    case noteDoctors
    /// Ends a visit with outcome and farewell (R2.29, R4.33).
    case closeVisit

    // Treatment
    /// Writes findings, treatments and next-visit advice (R5.01, R5.23).
    case writeMedicalRecord
    /// Signs consent as doctor (R5.05).
    case signConsent
    /// Starts treatment in an emergency without the papers, with a reason (R5.04–R5.06).
    case overrideEmergency

    // Money
    /// Enters charge lines in the room (R5.20).
    case enterCharges
    /// Charges another price than the list, with a reason (R6.02).
    case overridePrice
    /// Gives a discount within the own limit (R6.13).
    case giveDiscount
    /// Approves a discount beyond the limit (R6.13).
    case approveDiscount
    /// Releases a charge sheet to the cashier, as doctor of this clinic (R6.01).
    case issueChargeNotice
    /// Takes payments against a released sheet (R6.03).
    case collectPayment
    /// Prints a receipt again, marked as a reprint.
    case reprintReceipt
    /// Marks a payment as invoiced (R6.12).
    case issueInvoices
    /// Opens, counts and hands over a till (R6.31).
    case runTill
    /// Starts a correction of an own entry (R6.19).
    case requestCorrection
    /// Verifies a correction and changes the record (R6.19).
    case verifyCorrection
    /// Reviews corrections made by a supervisor (R6.19).
    case reviewCorrection
    /// Starts a refund as treating doctor (R6.21).
    case startRefund
    /// Gives opinion and signature on a refund (R6.22).
    case approveRefund
    /// Acknowledges the arrears of the day (R6.08).
    case acknowledgeArrears
    /// Signs the dispatch sheet of a colleague's treatment (R6.42).
    case signDispatchSheet
    /// Signs the issue of a VIP card (R7.02).
    case signVIPCard
    /// Designs coupons, cards and campaigns (R7.08).
    case manageCampaigns

    // Tasks and telephone
    /// Works the own tasks and those of the own roles.
    case workTasks
    /// Works, reassigns or closes tasks of others.
    case workAnyTask
    /// Calls customers: reminders and follow-ups (R8.01).
    case callPatients
    /// Records calls and messages (R10.01).
    case answerCalls
    /// Owns leads and their consultation data (R8.16).
    case workLeads
    /// Records complaints and opinions (R9.01).
    case recordComplaints
    /// Handles complaints and decides on recovery (R9.04).
    case handleComplaints

    // Operations
    /// Ticks checklists and writes registers (group 11).
    case keepRegisters
    /// Closes the business day (R11.40).
    case closeDay
    /// Keeps stock, purchase and issue (group 12).
    case manageStock
    /// Approves write-offs, damage and purchases beyond budget (R12.06).
    case approveWriteOff

    // Supervision and set-up
    /// Passes a rule of level "require" that names no narrower capability, with a coded reason.
    case overrideRules
    /// Approves an override asked for by somebody else.
    case approveOverride
    /// Accounts and roles.
    case manageStaff
    /// Thresholds, levels and other values of the playbook (R16.14).
    case manageSettings
    /// The price list; prices have a first day of validity.
    case managePrices
    /// Shifts and exceptions (R3.11).
    case manageRoster
    /// Rooms, chairs and devices (R4.39).
    case manageRooms
    /// Scripts and knowledge entries (R10.38).
    case manageScripts
    /// Backups, keys and the state of the system.
    case manageSystem
}
