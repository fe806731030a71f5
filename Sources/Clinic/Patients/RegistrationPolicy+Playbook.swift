extension Playbook {
    /// R1.11: optional outside epidemic mode, unless the clinic demands it.
    package var registrationPolicy: RegistrationPolicy {
        RegistrationPolicy(
            requiresDocument: self[.registrationIDRequired] || self[.epidemicMode],
            phoneMissingReasons: Set(codes(.phoneMissing).map(\.code)),
            sourceChannels: Set(codes(.sourceChannel).map(\.code)))
    }
}
