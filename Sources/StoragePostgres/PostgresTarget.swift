/// Where to connect: what libpq accepts, a URL or `key=value` words, several hosts included.
struct PostgresTarget: Sendable {
    let connectionString: String
    /// Another database on the same server than the string names.
    let databaseName: String?

    /// Keywords for `PQconnectdbParams`. What stands before `dbname` is a default that the string may override.
    var parameters: [(keyword: String, value: String)] {
        var parameters = [
            ("fallback_application_name", "menya"),
            // A server that vanished is noticed within seconds, not by the system's two hours.
            ("connect_timeout", "3"), ("keepalives_idle", "10"), ("keepalives_interval", "5"),
            ("keepalives_count", "3"),
            ("tcp_user_timeout", "20000"),
            ("dbname", connectionString),
        ]
        if let databaseName { parameters.append(("dbname", databaseName)) }
        parameters.append(("client_encoding", "UTF8"))
        return parameters
    }

    /// A hung statement, a lock nobody gives back and a forgotten transaction all end by themselves.
    static let sessionSettings = """
        SET statement_timeout = 15000;
        SET lock_timeout = 5000;
        SET idle_in_transaction_session_timeout = 30000;
        SET client_min_messages = error
        """
}
