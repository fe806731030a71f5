import Storage

/// The ordered list of migrations. A migration on `main` is frozen; changes are new migrations.
package enum Schema {
    package static var migrations: [Migration] {
        [foundation, logSearch, safeguards, roster, assignment, confirmations, publicAccess, waitlist]
    }
    package static var migrator: Migrator { Migrator(migrations) }

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
}

/// The tables of the first migration, by feature.
enum FoundationTables {}
