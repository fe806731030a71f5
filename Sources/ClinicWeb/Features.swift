/// Everything the program serves. A feature adds itself here.
package enum Features {
    package static var all: [any Feature.Type] {
        [
            ShellRoutes.self, LiveRoutes.self, GalleryRoutes.self, PatientRoutes.self, IntakeRoutes.self,
            ChartRoutes.self, ReceptionRoutes.self, TriageRoutes.self,
            SignInRoutes.self, OwnAccountRoutes.self, SetupRoutes.self, StaffRoutes.self,
            SettingsRoutes.self, LevelRoutes.self, TaskRuleRoutes.self, RegisterSettingsRoutes.self, RoleRoutes.self,
            ClinicRoutes.self,
            AuditRoutes.self,
            PriceRoutes.self, PlaceRoutes.self, BoardRoutes.self, AppointmentRoutes.self, RosterRoutes.self,
            FollowUpRoutes.self,
            ChargeRoutes.self, CheckoutRoutes.self, ReceiptRoutes.self, ReferralRoutes.self,
            HandOverRoutes.self, MessageRoutes.self,
            OnlineRoutes.self, OwnRoutes.self, FeedRoutes.self, LinkRoutes.self, OnlineDeskRoutes.self,
            CallRoutes.self, SelfRoutes.self, SelfDeskRoutes.self, LookupRoutes.self,
            AssignmentRoutes.self, WaitlistRoutes.self, EpidemicRoutes.self, ComplaintRoutes.self, ReportRoutes.self,
            RegisterRoutes.self, ChecklistRoutes.self, DayCloseRoutes.self,
            WaitingRoutes.self,
            HallRoutes.self, DeviceRoutes.self, LobbyRoutes.self, BroadcastRoutes.self,
        ]
    }

    /// All routes, each with its declared access.
    package static var routes: RouteTable {
        var table = RouteTable()
        for feature in all { feature.add(to: &table) }
        return table
    }
    /// All that is drawn; `Templates.load` checks it at start.
    package static var views: [any Fragment.Type] { all.flatMap { $0.views } }
}
