/// Everything the program serves. A feature adds itself here.
package enum Features {
    package static var all: [any Feature.Type] {
        [
            ShellRoutes.self, LiveRoutes.self, GalleryRoutes.self, PatientRoutes.self, ReceptionRoutes.self,
            SignInRoutes.self, OwnAccountRoutes.self, SetupRoutes.self, StaffRoutes.self,
            SettingsRoutes.self, LevelRoutes.self, TaskRuleRoutes.self, RoleRoutes.self, ClinicRoutes.self,
            AuditRoutes.self,
            PriceRoutes.self, PlaceRoutes.self, BoardRoutes.self, AppointmentRoutes.self, RosterRoutes.self,
            FollowUpRoutes.self,
            ChargeRoutes.self, CheckoutRoutes.self, ReceiptRoutes.self,
            OnlineRoutes.self, OwnRoutes.self, FeedRoutes.self, LinkRoutes.self, OnlineDeskRoutes.self,
            AssignmentRoutes.self, WaitlistRoutes.self, EpidemicRoutes.self, ComplaintRoutes.self, ReportRoutes.self,
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
