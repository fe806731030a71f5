import Kernel

package enum Gender: String, Sendable, CaseIterable {
    case male, female, unknown
    package var label: String {
        switch self {
        case .male: "男"
        case .female: "女"
        case .unknown: "未知"
        }
    }
}

/// A person who works here.
package struct Staff: Hashable, Sendable {
    package let id: ID<Staff>
    package var employeeNumber: String
    package var name: String
    package var gender: Gender
    package var title: String?
    package var loginName: String
    /// Has a column on the appointment board.
    package var isDoctor: Bool
    package var specialty: String?
    package var chairID: ID<Chair>?
    package var disabledAt: Timestamp?
    package var version: Int

    package init(
        id: ID<Staff>, employeeNumber: String, name: String, gender: Gender, title: String?, loginName: String,
        isDoctor: Bool, specialty: String?, chairID: ID<Chair>?, disabledAt: Timestamp?, version: Int
    ) {
        self.id = id
        self.employeeNumber = employeeNumber
        self.name = name
        self.gender = gender
        self.title = title
        self.loginName = loginName
        self.isDoctor = isDoctor
        self.specialty = specialty
        self.chairID = chairID
        self.disabledAt = disabledAt
        self.version = version
    }
}

/// A treatment room or a room for talks, with the plain number on its door (R4.39).
package struct Room: Hashable, Sendable {
    package enum Kind: String, Sendable { case treatment, communication }
    package let id: ID<Room>
    package var number: Int
    package var name: String
    package var kind: Kind
    package init(id: ID<Room>, number: Int, name: String, kind: Kind) {
        self.id = id
        self.number = number
        self.name = name
        self.kind = kind
    }
}

/// 牙椅, with its room.
package struct Chair: Hashable, Sendable {
    package let id: ID<Chair>
    package var number: Int
    package var name: String
    package var roomID: ID<Room>
    package var roomNumber: Int
    package init(id: ID<Chair>, number: Int, name: String, roomID: ID<Room>, roomNumber: Int) {
        self.id = id
        self.number = number
        self.name = name
        self.roomID = roomID
        self.roomNumber = roomNumber
    }
}
