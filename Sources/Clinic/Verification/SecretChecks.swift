import Kernel
import Storage

/// The key at hand is the one the data was closed with (R16.08).
enum SecretChecks {
    static let all = [fingerprint, values]

    static let fingerprint = Check("secrets.fingerprint", "密钥文件与数据库是一套") { scope, tx in
        guard let cipher = scope.cipher else { return Finding(looked: 0) }
        guard let row = try tx.first("SELECT id, key_fingerprint FROM organisation") else { return Finding(looked: 0) }
        let expected = try row.text("key_fingerprint")
        guard expected == cipher.fingerprint else {
            let error = SecretsError.otherKey(expected: expected, found: cipher.fingerprint)
            return Finding(
                looked: 1, breach: Breach(table: "organisation", row: "1", problem: error.userMessage))
        }
        return Finding(looked: 1)
    }

    static let values = Check("secrets.values", "加密内容都打得开") { scope, tx in
        guard let cipher = scope.cipher else { return Finding(looked: 0) }
        var looked = 0
        for column in ProtectedColumn.all {
            var last = Int64.min
            while true {
                let values = try column.list(after: last, limit: 1_000, in: tx)
                for value in values {
                    looked += 1
                    do {
                        _ = try cipher.open(
                            value.cipher, table: column.table, column: column.column, row: value.id)
                    } catch let error as SecretsError {
                        return Finding(
                            looked: looked,
                            breach: Breach(table: column.table, row: String(value.id), problem: error.userMessage))
                    }
                }
                guard let next = values.last?.id else { break }
                last = next
            }
        }
        return Finding(looked: looked)
    }
}
