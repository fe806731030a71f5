import Kernel
import Storage

/// Nothing that is due gets lost (design idea 3).
enum TaskChecks {
    static let all = [keys, ends]

    static let keys = Check(
        "tasks.keys", "每项待办只有一条，编号与内容相符", counting: "SELECT COUNT(*) FROM task", table: "task",
        faulty: { _ in
            """
            SELECT t.id AS row_id
            FROM task t
            WHERE t.key NOT LIKE t.rule || ':' || t.subject_kind || ':' || CAST(t.subject_id AS TEXT) || ':%'
                OR EXISTS (SELECT 1 FROM task o WHERE o.key = t.key AND o.id < t.id)
            ORDER BY t.id
            LIMIT 1
            """
        }, problem: { _ in "待办编号重复，或与规则、对象不符" })

    static let ends = Check(
        "tasks.ends", "待办要么未完，要么办完，要么撤回", counting: "SELECT COUNT(*) FROM task", table: "task",
        faulty: { _ in
            """
            SELECT id AS row_id
            FROM task
            WHERE (done_at IS NOT NULL AND withdrawn_at IS NOT NULL)
                OR (done_at IS NOT NULL AND done_by IS NULL)
                OR (withdrawn_at IS NOT NULL AND withdrawn_cause IS NULL)
            ORDER BY id
            LIMIT 1
            """
        }, problem: { _ in "既办完又撤回，或没有写明谁办的、为何撤回" })
}
