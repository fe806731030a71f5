/// Something that is drawn on its own: a whole page, or a part that live screens fetch again.
package protocol Fragment: Viewable {
    /// The template's path below `templates/`, without the suffix: `reception/_queue`.
    static var template: String { get }
    /// Believable values for tests and the gallery: full, empty, longest names.
    static var samples: [Self] { get }
}

/// A page: one template, drawn from one struct of stored, display-ready values. Names beginning with `shell.` reach
/// what every page has (navigation, person, CSRF token); they need no field.
package protocol Page: Fragment {
    var shell: ShellView { get }
}
