import Storage

/// The ordered list of migrations. A migration on `main` is frozen; changes are new migrations.
package enum Schema {
    package static var migrations: [Migration] {
        [
            foundation, logSearch, safeguards, roster, assignment, confirmations, publicAccess, waitlist, publicGuard,
            bookingParts, triage, files, waiting, handOver, hall, registers,
        ]
    }
    package static var migrator: Migrator { Migrator(migrations) }

    private static var hall: Migration {
        Migration(id: "20261122r_hall", statements: HallTables.all)
    }

    private static var registers: Migration {
        Migration(id: "20261122s_registers", statements: RegisterTables.all)
    }

    private static var foundation: Migration {
        Migration(
            id: "20261122a_foundation",
            statements: FoundationTables.organisation + FoundationTables.people + FoundationTables.audit
                + FoundationTables.patients + FoundationTables.appointments + FoundationTables.visits
                + FoundationTables.billing + FoundationTables.tasks)
    }

    private static var logSearch: Migration {
        Migration(id: "20261122a_log_search", statements: SearchIndexes.log)
    }

    private static var safeguards: Migration {
        Migration(id: "20261122b_safeguards", statements: Safeguards.statements)
    }

    private static var roster: Migration {
        Migration(id: "20261122c_roster", statements: RosterTables.statements)
    }

    private static var assignment: Migration {
        Migration(id: "20261122d_assignment", statements: AssignmentTables.statements)
    }

    private static var confirmations: Migration {
        Migration(id: "20261122f_confirmations", statements: ConfirmationTables.statements)
    }

    private static var publicAccess: Migration {
        Migration(id: "20261122g_public", statements: PublicTables.all)
    }

    private static var waitlist: Migration {
        Migration(id: "20261122k_waitlist", statements: WaitlistTables.all)
    }

    private static var triage: Migration {
        Migration(id: "20261122n_triage", statements: TriageTables.statements)
    }

    private static var files: Migration {
        Migration(id: "20261122o_files", statements: FileTables.all)
    }

    private static var waiting: Migration {
        Migration(id: "20261122p_waiting", statements: WaitingTables.all)
    }

    private static var bookingParts: Migration {
        Migration(id: "20261122m_booking_parts", statements: BookingPartTables.statements)
    }
    private static var publicGuard: Migration {
        Migration(id: "20261122l_public_guard", statements: PublicGuardTables.all)
    }
}

extension Schema {
    private static var handOver: Migration {
        Migration(id: "20261122q_handover", statements: HandOverTables.all)
    }
}

/// The tables of the first migration, by feature.
enum FoundationTables {}
