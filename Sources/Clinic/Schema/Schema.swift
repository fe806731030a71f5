import Storage

/// The ordered list of migrations. A migration on `main` is frozen; changes are new migrations.
package enum Schema {
    package static var migrations: [Migration] { [foundation, roster] }
    package static var migrator: Migrator { Migrator(migrations) }

    private static var foundation: Migration {
        Migration(
            id: "20261122a_foundation",
            statements: FoundationTables.organisation + FoundationTables.people + FoundationTables.audit
                + FoundationTables.patients + FoundationTables.appointments + FoundationTables.visits
                + FoundationTables.billing + FoundationTables.tasks)
    }

    private static var roster: Migration {
        Migration(id: "20261122c_roster", statements: RosterTables.statements)
    }
}

/// The tables of the first migration, by feature.
enum FoundationTables {}
