-- Made by Scripts/schema.sh from a migrated database; a test compares it. Change the migrations, not this file.

CREATE TABLE access_event (
    lane INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    actor_id INTEGER NOT NULL,
    kind TEXT NOT NULL, -- record.viewed, phone.revealed …
    subject_kind TEXT NOT NULL,
    subject_id INTEGER NOT NULL,
    patient_id INTEGER,
    previous_hash TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (lane, seq)
) STRICT, WITHOUT ROWID;

CREATE INDEX access_event_of_instant ON access_event (at, lane, seq);

CREATE INDEX access_event_of_patient ON access_event (patient_id, at);

CREATE TABLE access_head (
    lane INTEGER NOT NULL PRIMARY KEY,
    seq INTEGER NOT NULL,
    hash TEXT NOT NULL
) STRICT;

CREATE TABLE allocation (
    id INTEGER NOT NULL PRIMARY KEY,
    receipt_id INTEGER NOT NULL REFERENCES receipt (id),
    charge_line_id INTEGER NOT NULL REFERENCES charge_line (id),
    amount_fen INTEGER NOT NULL CHECK (amount_fen > 0),
    UNIQUE (receipt_id, charge_line_id)
) STRICT;

CREATE INDEX allocation_of_line ON allocation (charge_line_id);

CREATE TABLE appointment (
    id INTEGER NOT NULL PRIMARY KEY, -- stays the same when moved
    clinic_id INTEGER NOT NULL REFERENCES clinic (id),
    day TEXT NOT NULL, -- business day
    start_unit INTEGER NOT NULL CHECK (start_unit BETWEEN 0 AND 95),
    units INTEGER NOT NULL CHECK (units >= 1 AND start_unit + units <= 96), -- R3.01
    patient_id INTEGER NOT NULL REFERENCES patient (id),
    doctor_id INTEGER NOT NULL REFERENCES staff (id),
    assistant_id INTEGER REFERENCES staff (id),
    chair_id INTEGER REFERENCES chair (id), -- NULL: not known yet
    complaint TEXT NOT NULL,
    channel TEXT NOT NULL, -- code: phone, desk, return, online …
    desk_reason TEXT, -- code, of an on-the-spot booking (R3.07)
    remark TEXT,
    is_squeezed INTEGER NOT NULL, -- 加号: holds no doctor unit
    squeeze_reason TEXT,
    rule_applied TEXT NOT NULL, -- sameDoctor, chosen, changed (R3.17)
    doctor_change_reason TEXT, -- code: why not the treating doctor (R3.14)
    override_rule TEXT, -- rule id passed with a reason
    override_reason TEXT, -- code
    override_note TEXT,
    booked_at INTEGER NOT NULL,
    booked_by INTEGER NOT NULL,
    confirmed_at INTEGER, -- day before, by the customer (R3.25)
    confirmed_by INTEGER,
    cancelled_at INTEGER,
    cancelled_by INTEGER,
    cancel_reason TEXT, -- code
    cancel_side TEXT CHECK (cancel_side IN ('patient', 'clinic')),
    cancel_note TEXT,
    cancel_notice_minutes INTEGER, -- from the cancellation to the booked start (R3.36)
    missed_at INTEGER, -- marked as no-show, an explicit act
    missed_by INTEGER,
    move_count INTEGER NOT NULL,
    version INTEGER NOT NULL
, helping_for_id INTEGER REFERENCES staff (id), cost_doctor_id INTEGER REFERENCES staff (id)) STRICT;

CREATE INDEX appointment_of_day ON appointment (clinic_id, day);

CREATE INDEX appointment_of_patient ON appointment (patient_id, day);

CREATE TABLE appointment_item (
    appointment_id INTEGER NOT NULL REFERENCES appointment (id),
    position INTEGER NOT NULL,
    item_id INTEGER NOT NULL REFERENCES item (id),
    teeth TEXT NOT NULL, -- FDI numbers separated by commas; '' when none
    PRIMARY KEY (appointment_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE appointment_move (
    id INTEGER NOT NULL PRIMARY KEY,
    appointment_id INTEGER NOT NULL REFERENCES appointment (id),
    from_day TEXT NOT NULL,
    from_unit INTEGER NOT NULL,
    from_units INTEGER NOT NULL,
    from_doctor_id INTEGER NOT NULL,
    from_chair_id INTEGER,
    to_day TEXT NOT NULL,
    to_unit INTEGER NOT NULL,
    to_units INTEGER NOT NULL,
    to_doctor_id INTEGER NOT NULL,
    to_chair_id INTEGER,
    reason TEXT NOT NULL, -- code (R3.31)
    note TEXT,
    moved_by INTEGER NOT NULL,
    moved_at INTEGER NOT NULL
) STRICT;

CREATE INDEX appointment_move_of ON appointment_move (appointment_id);

CREATE TABLE appointment_note (
    id INTEGER NOT NULL PRIMARY KEY,
    appointment_id INTEGER NOT NULL REFERENCES appointment (id),
    kind TEXT NOT NULL CHECK (kind IN ('readBack', 'textCopied', 'addressSent', 'toldInSystem', 'toldOrally',
        'coordinated', 'late', 'wishUnmet', 'noNextDate')),
    detail TEXT, -- wishUnmet: the wish; noNextDate: the day to call back; late: when the customer thinks to come
    noted_by INTEGER NOT NULL,
    noted_at INTEGER NOT NULL
) STRICT;

CREATE INDEX appointment_note_of ON appointment_note (appointment_id);

CREATE TABLE appointment_part (
    appointment_id INTEGER NOT NULL REFERENCES appointment (id),
    position INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('doctor', 'assistant', 'device')),
    resource_id INTEGER NOT NULL,
    offset_units INTEGER NOT NULL CHECK (offset_units >= 0), -- from the start of the booking
    units INTEGER NOT NULL CHECK (units >= 1),
    PRIMARY KEY (appointment_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE appointment_request (
    appointment_id INTEGER NOT NULL PRIMARY KEY REFERENCES appointment (id), -- holds its units already
    clinic_id INTEGER NOT NULL REFERENCES clinic (id), -- that has to confirm (R3.23)
    from_clinic_id INTEGER NOT NULL REFERENCES clinic (id), -- where the central desk sits
    asked_by INTEGER NOT NULL,
    asked_at INTEGER NOT NULL,
    answer TEXT CHECK (answer IN ('confirmed', 'declined')),
    answered_by INTEGER,
    answered_at INTEGER,
    reason TEXT, -- why declined
    CHECK ((answer IS NULL) = (answered_at IS NULL))
) STRICT;

CREATE INDEX appointment_request_from ON appointment_request (from_clinic_id, asked_at);

CREATE INDEX appointment_request_open ON appointment_request (clinic_id) WHERE answered_at IS NULL;

CREATE TABLE assignment (
    appointment_id INTEGER NOT NULL PRIMARY KEY REFERENCES appointment (id),
    clinic_id INTEGER NOT NULL REFERENCES clinic (id),
    rule TEXT NOT NULL, -- as appointment.rule_applied when it was decided (R3.17)
    doctor_id INTEGER NOT NULL REFERENCES staff (id),
    helping_for_id INTEGER REFERENCES staff (id),
    cost_doctor_id INTEGER REFERENCES staff (id),
    specialist_id INTEGER REFERENCES staff (id), -- follows a first examination (R3.19)
    specialist_appointment_id INTEGER REFERENCES appointment (id),
    reasons TEXT NOT NULL, -- JSON: [{kind, text}]
    alternatives TEXT NOT NULL, -- JSON: the nearest ones, with why not
    decided_by INTEGER NOT NULL,
    decided_at INTEGER NOT NULL
) STRICT;

CREATE TABLE backup_run (
    id INTEGER NOT NULL PRIMARY KEY,
    started_at INTEGER NOT NULL,
    finished_at INTEGER,
    file_name TEXT NOT NULL,
    bytes INTEGER,
    problem TEXT -- NULL: made, opened again and verified
) STRICT;

CREATE TABLE booking_wish (
    appointment_id INTEGER NOT NULL PRIMARY KEY REFERENCES appointment (id),
    said TEXT NOT NULL -- what the customer asked of the doctor with this booking (R3.18)
) STRICT;

CREATE TABLE broadcast_play (
    id INTEGER NOT NULL PRIMARY KEY,
    clinic_id INTEGER NOT NULL REFERENCES clinic (id),
    business_day TEXT NOT NULL,
    slot_code TEXT, -- NULL: announced out of turn
    kind TEXT NOT NULL CHECK (kind IN ('music', 'words', 'announcement')),
    title TEXT NOT NULL,
    words TEXT,
    outcome TEXT NOT NULL CHECK (outcome IN ('played', 'left')),
    reason TEXT, -- why it was left out
    on_screen INTEGER NOT NULL CHECK (on_screen IN (0, 1)), -- 1: the hall screens speak it
    played_at INTEGER NOT NULL,
    played_by INTEGER NOT NULL
) STRICT;

CREATE INDEX broadcast_play_of_day ON broadcast_play (clinic_id, business_day, played_at);

CREATE UNIQUE INDEX broadcast_play_once ON broadcast_play (clinic_id, business_day, slot_code)
    WHERE slot_code IS NOT NULL;

CREATE TABLE broadcast_slot (
    id INTEGER NOT NULL PRIMARY KEY,
    clinic_id INTEGER NOT NULL REFERENCES clinic (id),
    code TEXT NOT NULL, -- of the playbook, or the clinic's own
    kind TEXT NOT NULL CHECK (kind IN ('music', 'words')),
    weekdays TEXT NOT NULL, -- digits 1 Monday … 7 Sunday
    minute INTEGER NOT NULL CHECK (minute BETWEEN 0 AND 1439), -- after local midnight
    title TEXT NOT NULL,
    words TEXT, -- what is spoken; NULL for music
    is_on INTEGER NOT NULL CHECK (is_on IN (0, 1)),
    set_by INTEGER NOT NULL,
    set_at INTEGER NOT NULL,
    UNIQUE (clinic_id, code)
) STRICT;

CREATE TABLE call_request (
    id INTEGER NOT NULL PRIMARY KEY,
    clinic_id INTEGER NOT NULL REFERENCES clinic (id),
    name TEXT NOT NULL,
    phone TEXT NOT NULL, -- digits
    wish TEXT NOT NULL, -- when it suits: CallWish
    note TEXT,
    language TEXT NOT NULL,
    address_hash TEXT NOT NULL, -- keyed hash of the network address, for the limit of a day
    command_hash TEXT NOT NULL UNIQUE, -- a form sent twice is one request
    asked_at INTEGER NOT NULL,
    asked_day TEXT NOT NULL, -- business day
    settled_at INTEGER,
    settled_by INTEGER,
    outcome TEXT CHECK (outcome IN ('reached', 'unreachable'))
) STRICT;

CREATE INDEX call_request_of_day ON call_request (asked_day, address_hash);

CREATE INDEX call_request_open ON call_request (clinic_id, settled_at);

CREATE TABLE care_tick (
    id INTEGER NOT NULL PRIMARY KEY,
    clinic_id INTEGER NOT NULL REFERENCES clinic (id),
    business_day TEXT NOT NULL,
    visit_id INTEGER NOT NULL REFERENCES visit (id),
    kind TEXT NOT NULL, -- code of list hospitality (R4.08)
    ticked_at INTEGER NOT NULL,
    ticked_by INTEGER NOT NULL,
    undone_at INTEGER,
    undone_by INTEGER
) STRICT;

CREATE INDEX care_tick_of_day ON care_tick (clinic_id, business_day);

CREATE UNIQUE INDEX care_tick_once ON care_tick (visit_id, kind) WHERE undone_at IS NULL;

CREATE TABLE chair (
    id INTEGER NOT NULL PRIMARY KEY,
    clinic_id INTEGER NOT NULL REFERENCES clinic (id),
    room_id INTEGER NOT NULL REFERENCES room (id),
    number INTEGER NOT NULL,
    name TEXT NOT NULL,
    retired_at INTEGER,
    UNIQUE (clinic_id, number)
) STRICT;

CREATE TABLE charge_line (
    id INTEGER NOT NULL PRIMARY KEY,
    sheet_id INTEGER NOT NULL REFERENCES charge_sheet (id),
    position INTEGER NOT NULL,
    item_id INTEGER NOT NULL REFERENCES item (id),
    item_name TEXT NOT NULL, -- as on the day
    category TEXT NOT NULL, -- as on the day (R6.29)
    teeth TEXT NOT NULL, -- FDI numbers separated by commas
    quantity INTEGER NOT NULL CHECK (quantity >= 1),
    list_price_fen INTEGER NOT NULL CHECK (list_price_fen >= 0), -- one piece, price list of the day
    price_fen INTEGER NOT NULL CHECK (price_fen >= 0), -- one piece, as charged
    price_reason TEXT, -- why price differs from list (R6.02)
    amount_fen INTEGER NOT NULL, -- price × quantity
    doctor_id INTEGER NOT NULL REFERENCES staff (id), paid_fen INTEGER NOT NULL DEFAULT 0
CHECK (paid_fen BETWEEN 0 AND amount_fen),
    CHECK (amount_fen = price_fen * quantity),
    UNIQUE (sheet_id, position)
) STRICT;

CREATE TABLE charge_sheet (
    id INTEGER NOT NULL PRIMARY KEY,
    clinic_id INTEGER NOT NULL REFERENCES clinic (id),
    business_day TEXT NOT NULL,
    visit_id INTEGER NOT NULL REFERENCES visit (id),
    patient_id INTEGER NOT NULL REFERENCES patient (id),
    doctor_id INTEGER NOT NULL REFERENCES staff (id),
    entered_by INTEGER NOT NULL,
    entered_at INTEGER NOT NULL,
    explained_by INTEGER,
    explained_at INTEGER, -- fees explained in the room (R5.20)
    confirmed_at INTEGER, -- the customer agreed (R5.20)
    confirmed_by INTEGER, -- staff who recorded it
    notice_by INTEGER, -- the doctor
    notice_at INTEGER, -- charge notice issued: the cashier may collect (R6.01)
    next_step TEXT, -- none, visit: the doctor's advice (R5.23); NULL: not said yet
    next_units INTEGER, -- R3.04
    next_after_days INTEGER,
    next_note TEXT,
    cancelled_at INTEGER,
    version INTEGER NOT NULL
, owed_fen INTEGER NOT NULL DEFAULT 0 CHECK (owed_fen >= 0)) STRICT;

CREATE INDEX charge_sheet_of_day ON charge_sheet (clinic_id, business_day);

CREATE INDEX charge_sheet_of_patient ON charge_sheet (patient_id);

CREATE UNIQUE INDEX charge_sheet_one_open ON charge_sheet (visit_id) WHERE cancelled_at IS NULL;

CREATE INDEX charge_sheet_owed ON charge_sheet (patient_id, clinic_id) WHERE owed_fen > 0;

CREATE TABLE chart_entry (
    id INTEGER NOT NULL PRIMARY KEY,
    clinic_id INTEGER NOT NULL REFERENCES clinic (id),
    patient_id INTEGER NOT NULL REFERENCES patient (id),
    corrects_id INTEGER REFERENCES chart_entry (id), -- the version this one replaces (R1.29)
    seen_on TEXT NOT NULL, -- day written on the paper
    content TEXT NOT NULL,
    stamp_name TEXT NOT NULL, -- entry stamp: name and number of the operator (R1.28)
    stamp_code TEXT NOT NULL,
    entered_at INTEGER NOT NULL,
    entered_by INTEGER NOT NULL,
    returned_at INTEGER, -- the paper was given back with thanks
    wrong_at INTEGER,
    wrong_by INTEGER,
    wrong_reason TEXT,
    CHECK ((wrong_at IS NULL) = (wrong_reason IS NULL)),
    CHECK (wrong_by IS NULL OR wrong_by <> entered_by)
) STRICT;

CREATE UNIQUE INDEX chart_entry_correction ON chart_entry (corrects_id) WHERE corrects_id IS NOT NULL;

CREATE INDEX chart_entry_of_clinic ON chart_entry (clinic_id, entered_at);

CREATE INDEX chart_entry_of_patient ON chart_entry (patient_id);

CREATE TABLE chart_movement (
    id INTEGER NOT NULL PRIMARY KEY,
    chart_id INTEGER NOT NULL REFERENCES paper_chart (id),
    from_state TEXT, -- NULL: the chart was entered
    to_state TEXT NOT NULL,
    note TEXT,
    moved_at INTEGER NOT NULL,
    moved_by INTEGER NOT NULL
) STRICT;

CREATE INDEX chart_movement_of_chart ON chart_movement (chart_id, moved_at);

CREATE TABLE chart_release (
    id INTEGER NOT NULL PRIMARY KEY,
    chart_id INTEGER NOT NULL REFERENCES paper_chart (id),
    reason TEXT NOT NULL, -- why the customer insists (R1.33)
    requested_at INTEGER NOT NULL,
    requested_by INTEGER NOT NULL,
    decided_at INTEGER,
    decided_by INTEGER,
    is_approved INTEGER CHECK (is_approved IN (0, 1)),
    answer TEXT, -- what the supervisor said
    released_at INTEGER,
    CHECK ((decided_at IS NULL) = (is_approved IS NULL)),
    CHECK (decided_by IS NULL OR decided_by <> requested_by)
) STRICT;

CREATE INDEX chart_release_of_chart ON chart_release (chart_id);

CREATE UNIQUE INDEX chart_release_open ON chart_release (chart_id) WHERE decided_at IS NULL;

CREATE TABLE checklist_mark (
    run_id INTEGER NOT NULL REFERENCES checklist_run (id),
    item TEXT NOT NULL, -- id of the item in its checklist
    turn INTEGER NOT NULL, -- 1 … : the last one counts, the others are its history
    value TEXT NOT NULL, -- '' takes the mark back
    note TEXT,
    is_out INTEGER NOT NULL CHECK (is_out IN (0, 1)), -- out of limit
    marked_at INTEGER NOT NULL,
    marked_by INTEGER NOT NULL,
    PRIMARY KEY (run_id, item, turn)
) STRICT, WITHOUT ROWID;

CREATE TABLE checklist_run (
    id INTEGER NOT NULL PRIMARY KEY,
    clinic_id INTEGER NOT NULL REFERENCES clinic (id),
    checklist TEXT NOT NULL, -- id in Playbook/checklists.yaml
    business_day TEXT NOT NULL,
    occurrence TEXT NOT NULL, -- the shift, the room, or what made it; '' once a day
    label TEXT NOT NULL, -- the same in words
    patient_id INTEGER REFERENCES patient (id), -- whom a check at the door is about
    opens_at INTEGER NOT NULL,
    due_at INTEGER, -- NULL: at once, or when a person likes
    completed_at INTEGER,
    completed_by INTEGER,
    version INTEGER NOT NULL,
    UNIQUE (clinic_id, checklist, business_day, occurrence)
) STRICT;

CREATE INDEX checklist_run_of_patient ON checklist_run (patient_id, business_day);

CREATE TABLE clinic (
    id INTEGER NOT NULL PRIMARY KEY,
    code TEXT NOT NULL UNIQUE, -- short, in record and receipt numbers
    name TEXT NOT NULL,
    phone TEXT NOT NULL,
    address TEXT NOT NULL,
    time_zone TEXT NOT NULL, -- IANA name
    day_starts_minute INTEGER NOT NULL, -- minutes after midnight a business day begins
    opens_unit INTEGER NOT NULL, -- first quarter of an hour shown on the board
    closes_unit INTEGER NOT NULL, -- exclusive
    created_at INTEGER NOT NULL,
    retired_at INTEGER
) STRICT;

CREATE TABLE clinic_day (
    id INTEGER NOT NULL PRIMARY KEY,
    clinic_id INTEGER NOT NULL REFERENCES clinic (id),
    day TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('closed', 'open')), -- closed: the weekly pattern does not count
    as_weekday INTEGER CHECK (as_weekday BETWEEN 1 AND 7), -- of 'open': whose weekly pattern counts; NULL: its own
    name TEXT NOT NULL, -- 国庆节, 调休上班 …
    set_by INTEGER NOT NULL,
    set_at INTEGER NOT NULL,
    ended_at INTEGER -- replaced or taken back; NULL: in force
) STRICT;

CREATE UNIQUE INDEX clinic_day_one ON clinic_day (clinic_id, day) WHERE ended_at IS NULL;

CREATE TABLE clinic_week (
    clinic_id INTEGER NOT NULL REFERENCES clinic (id),
    valid_from TEXT NOT NULL, -- counts until the next row of the clinic begins
    weekdays INTEGER NOT NULL CHECK (weekdays BETWEEN 1 AND 127), -- open; bit 0 = Monday
    set_by INTEGER NOT NULL,
    set_at INTEGER NOT NULL,
    PRIMARY KEY (clinic_id, valid_from)
) STRICT, WITHOUT ROWID;

CREATE TABLE companion (
    movement_id INTEGER NOT NULL PRIMARY KEY REFERENCES movement (id), -- times in and out (R4.14)
    relation TEXT, -- as said: 妈妈, 朋友
    is_within_rule INTEGER NOT NULL CHECK (is_within_rule IN (0, 1)), -- age and number (R4.16)
    reason TEXT, -- code of list companionReason, for an exception
    note TEXT,
    allowed_by INTEGER REFERENCES staff (id) -- who made the exception
) STRICT, WITHOUT ROWID;

CREATE TABLE complaint (
    id INTEGER NOT NULL PRIMARY KEY,
    clinic_id INTEGER NOT NULL REFERENCES clinic (id),
    patient_id INTEGER NOT NULL REFERENCES patient (id),
    visit_id INTEGER REFERENCES visit (id),
    appointment_id INTEGER REFERENCES appointment (id),
    doctor_id INTEGER REFERENCES staff (id), -- whom it is about; NULL: no doctor
    contact TEXT NOT NULL, -- phone or another way to answer (R9.02)
    situation TEXT NOT NULL, -- treatment situation (R9.02)
    content TEXT NOT NULL,
    channel TEXT NOT NULL, -- code of list complaintChannel
    level TEXT NOT NULL, -- code of list complaintLevel (R9.03)
    cause TEXT NOT NULL, -- code of list complaintCause
    received_at INTEGER NOT NULL,
    received_by INTEGER NOT NULL,
    answer_by INTEGER NOT NULL, -- promised first answer (R9.05)
    reported_at INTEGER, -- to the director (R2.22)
    reported_by INTEGER,
    reported_to TEXT, -- name or office, as said
    closed_at INTEGER,
    closed_by INTEGER,
    result TEXT,
    version INTEGER NOT NULL
) STRICT;

CREATE INDEX complaint_of_clinic ON complaint (clinic_id, received_at);

CREATE INDEX complaint_of_patient ON complaint (patient_id, received_at);

CREATE INDEX complaint_open ON complaint (clinic_id, received_at) WHERE closed_at IS NULL;

CREATE TABLE consultation_profile (
    id INTEGER NOT NULL PRIMARY KEY,
    patient_id INTEGER NOT NULL REFERENCES patient (id),
    content_cipher TEXT NOT NULL, -- keyId:nonce:data; the newest row counts (R1.20)
    recorded_at INTEGER NOT NULL,
    recorded_by INTEGER NOT NULL
) STRICT;

CREATE INDEX consultation_profile_of_patient ON consultation_profile (patient_id);

CREATE TABLE counter (
    clinic_id INTEGER NOT NULL, -- 0: organisation
    name TEXT NOT NULL, -- record, receipt, queue:2026-03-12 …
    value INTEGER NOT NULL, -- the last number given
    PRIMARY KEY (clinic_id, name)
) STRICT;

CREATE TABLE day_carry (
    id INTEGER NOT NULL PRIMARY KEY,
    clinic_id INTEGER NOT NULL REFERENCES clinic (id),
    business_day TEXT NOT NULL, -- the day that was closed without it
    kind TEXT NOT NULL, -- source of the list before closing
    subject_kind TEXT NOT NULL,
    subject_id INTEGER NOT NULL,
    title TEXT NOT NULL,
    owner_id INTEGER NOT NULL REFERENCES staff (id),
    reason TEXT NOT NULL,
    carried_at INTEGER NOT NULL,
    carried_by INTEGER NOT NULL,
    UNIQUE (clinic_id, business_day, kind, subject_kind, subject_id)
) STRICT;

CREATE TABLE deferral (
    id INTEGER NOT NULL PRIMARY KEY,
    clinic_id INTEGER NOT NULL REFERENCES clinic (id),
    patient_id INTEGER NOT NULL REFERENCES patient (id),
    item_id INTEGER NOT NULL REFERENCES item (id),
    teeth TEXT NOT NULL, -- FDI numbers separated by commas; '' when none
    doctor_id INTEGER REFERENCES staff (id), -- who was asked for; NULL: any doctor
    complaint TEXT NOT NULL,
    note TEXT,
    follow_up_on TEXT NOT NULL, -- day of the call (R3.46)
    deferred_at INTEGER NOT NULL,
    deferred_by INTEGER NOT NULL,
    reopened_at INTEGER, -- the item can be done again
    closed_at INTEGER,
    closed_by INTEGER,
    outcome TEXT, -- code of list deferralOutcome
    appointment_id INTEGER REFERENCES appointment (id), -- the booking that settled it
    version INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX deferral_one_open ON deferral (patient_id, clinic_id, item_id) WHERE closed_at IS NULL;

CREATE INDEX deferral_open ON deferral (clinic_id, item_id) WHERE closed_at IS NULL;

CREATE TABLE device (
    id INTEGER NOT NULL PRIMARY KEY,
    clinic_id INTEGER NOT NULL REFERENCES clinic (id),
    room_id INTEGER REFERENCES room (id), -- where it stands; of a communication room: the room itself
    kind TEXT NOT NULL, -- code of list deviceKind
    name TEXT NOT NULL,
    added_at INTEGER NOT NULL,
    retired_at INTEGER
) STRICT;

CREATE INDEX device_of_clinic ON device (clinic_id);

CREATE TABLE device_link (
    id INTEGER NOT NULL PRIMARY KEY,
    clinic_id INTEGER NOT NULL REFERENCES clinic (id),
    name TEXT NOT NULL, -- where it hangs
    token_hash TEXT NOT NULL UNIQUE, -- SHA-256 of the secret in the address; the secret is nowhere
    paired_at INTEGER NOT NULL,
    paired_by INTEGER NOT NULL,
    seen_at INTEGER, -- last time the screen asked, to the minute
    revoked_at INTEGER,
    revoked_by INTEGER
) STRICT;

CREATE INDEX device_link_of_clinic ON device_link (clinic_id);

CREATE TABLE displaced_booking (
    id INTEGER NOT NULL PRIMARY KEY,
    appointment_id INTEGER NOT NULL REFERENCES appointment (id),
    clinic_id INTEGER NOT NULL REFERENCES clinic (id),
    doctor_id INTEGER NOT NULL REFERENCES staff (id), -- who does not work at the booked time any more
    day TEXT NOT NULL,
    cause TEXT NOT NULL, -- why: the reason given with the change of the roster
    found_at INTEGER NOT NULL,
    settled_at INTEGER, -- NULL: still red (R3.34)
    settled_by INTEGER,
    settled_how TEXT CHECK (settled_how IN ('moved', 'reassigned', 'cancelled', 'missed', 'arrived', 'restored'))
) STRICT;

CREATE INDEX displaced_booking_of_clinic ON displaced_booking (clinic_id, day);

CREATE UNIQUE INDEX displaced_booking_one ON displaced_booking (appointment_id) WHERE settled_at IS NULL;

CREATE TABLE doctor_call (
    id INTEGER NOT NULL PRIMARY KEY,
    clinic_id INTEGER NOT NULL REFERENCES clinic (id),
    doctor_id INTEGER NOT NULL REFERENCES staff (id),
    day TEXT NOT NULL, -- the changed day
    called_at INTEGER NOT NULL, -- R2.17: time
    called_by INTEGER NOT NULL REFERENCES staff (id),
    result TEXT NOT NULL, -- R2.17: code of list doctorCall
    note TEXT
) STRICT;

CREATE INDEX doctor_call_of_day ON doctor_call (clinic_id, day);

CREATE TABLE doctor_note (
    id INTEGER NOT NULL PRIMARY KEY,
    clinic_id INTEGER NOT NULL REFERENCES clinic (id),
    business_day TEXT NOT NULL,
    doctor_id INTEGER NOT NULL REFERENCES staff (id),
    visit_id INTEGER REFERENCES visit (id), -- NULL: the customer is not checked in
    patient_id INTEGER REFERENCES patient (id), -- NULL: somebody without a file asks
    body TEXT NOT NULL, -- R4.17
    sent_at INTEGER NOT NULL,
    sent_by INTEGER NOT NULL,
    answer TEXT CHECK (answer IN ('comeIn', 'wait', 'book', 'otherDoctor')),
    answer_minutes INTEGER, -- how long the customer has to wait; only with 'wait'
    answer_note TEXT,
    answered_at INTEGER,
    answered_by INTEGER,
    acted_at INTEGER, -- the answer was carried out
    acted_by INTEGER,
    withdrawn_at INTEGER, -- by the sender, before an answer came
    version INTEGER NOT NULL,
    CHECK ((answer IS NULL) = (answered_at IS NULL)),
    CHECK (answer_minutes IS NULL OR answer = 'wait')
) STRICT;

CREATE INDEX doctor_note_of_day ON doctor_note (clinic_id, business_day);

CREATE INDEX doctor_note_of_visit ON doctor_note (visit_id);

CREATE TABLE doctor_profile (
    staff_id INTEGER NOT NULL PRIMARY KEY REFERENCES staff (id),
    born_on TEXT, -- for wishes about age (R3.18); never shown to customers
    specialties TEXT NOT NULL, -- codes of list specialty separated by commas
    familiar_with TEXT NOT NULL, -- codes: may do the first examination of a specialist's business (R3.19)
    started_on TEXT, -- newcomer date for the rotation (R3.15)
    takes_rotation INTEGER NOT NULL CHECK (takes_rotation IN (0, 1)),
    version INTEGER NOT NULL
) STRICT;

CREATE TABLE epidemic_item (
    clinic_id INTEGER NOT NULL REFERENCES clinic (id),
    item_id INTEGER NOT NULL REFERENCES item (id),
    is_suspended INTEGER NOT NULL CHECK (is_suspended IN (0, 1)), -- differs from the shipped mark (R3.43)
    set_at INTEGER NOT NULL,
    set_by INTEGER NOT NULL,
    PRIMARY KEY (clinic_id, item_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE event (
    lane INTEGER NOT NULL, -- clinic id, or 0 for the organisation
    seq INTEGER NOT NULL, -- 1, 2, 3 … without gaps in its lane
    at INTEGER NOT NULL,
    actor_id INTEGER NOT NULL, -- staff id; 0: the system itself
    kind TEXT NOT NULL, -- appointment.placed …
    subject_kind TEXT NOT NULL, -- appointment, patient …
    subject_id INTEGER NOT NULL,
    patient_id INTEGER, -- the customer's time line
    command_id TEXT, -- unique: tells after a lost connection whether the command was done
    payload TEXT NOT NULL, -- canonical JSON; may be redacted to '' later
    payload_hash TEXT NOT NULL, -- SHA-256 of the payload as first written
    previous_hash TEXT NOT NULL,
    hash TEXT NOT NULL, -- SHA-256 over version, lane, seq, at, actor, kind, subject, patient, command, payload hash, previous hash
    PRIMARY KEY (lane, seq)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX event_command ON event (command_id) WHERE command_id IS NOT NULL;

CREATE INDEX event_of_instant ON event (at, lane, seq);

CREATE INDEX event_of_patient ON event (patient_id, at) WHERE patient_id IS NOT NULL;

CREATE INDEX event_of_subject ON event (subject_kind, subject_id);

CREATE TABLE event_head (
    lane INTEGER NOT NULL PRIMARY KEY,
    seq INTEGER NOT NULL,
    hash TEXT NOT NULL
) STRICT;

CREATE TABLE expected_visit (
    id INTEGER NOT NULL PRIMARY KEY,
    clinic_id INTEGER NOT NULL REFERENCES clinic (id),
    patient_id INTEGER NOT NULL REFERENCES patient (id),
    expected_on TEXT NOT NULL, -- the day the customer named, without a time (R3.57)
    note TEXT,
    recorded_by INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    outcome TEXT CHECK (outcome IN ('came', 'booked', 'dropped')),
    ended_by INTEGER,
    ended_at INTEGER,
    CHECK ((outcome IS NULL) = (ended_at IS NULL))
) STRICT;

CREATE INDEX expected_visit_of_day ON expected_visit (clinic_id, expected_on);

CREATE INDEX expected_visit_of_patient ON expected_visit (patient_id);

CREATE TABLE file_audit (
    id INTEGER NOT NULL PRIMARY KEY,
    clinic_id INTEGER NOT NULL REFERENCES clinic (id),
    patient_id INTEGER NOT NULL REFERENCES patient (id),
    registrar_id INTEGER NOT NULL REFERENCES staff (id),
    findings TEXT NOT NULL, -- codes of list fileFinding separated by commas; '' when all was right (R1.36)
    note TEXT,
    points INTEGER NOT NULL CHECK (points >= 0), -- candidate for the month's score; decided elsewhere (R14.23)
    audited_at INTEGER NOT NULL,
    audited_by INTEGER NOT NULL
) STRICT;

CREATE INDEX file_audit_of_clinic ON file_audit (clinic_id, audited_at);

CREATE INDEX file_audit_of_patient ON file_audit (patient_id);

CREATE TABLE hall_count (
    clinic_id INTEGER NOT NULL REFERENCES clinic (id),
    business_day TEXT NOT NULL,
    half_hour INTEGER NOT NULL CHECK (half_hour BETWEEN 0 AND 47), -- of the wall clock; 19 is 09:30
    way TEXT NOT NULL CHECK (way IN ('in', 'out')),
    people INTEGER NOT NULL CHECK (people >= 0), -- greeted or seen off at the door (R4.22)
    PRIMARY KEY (clinic_id, business_day, half_hour, way)
) STRICT;

CREATE TABLE hall_notice (
    id INTEGER NOT NULL PRIMARY KEY,
    clinic_id INTEGER NOT NULL REFERENCES clinic (id),
    chinese TEXT NOT NULL,
    english TEXT, -- NULL: only in Chinese
    set_by INTEGER NOT NULL,
    set_at INTEGER NOT NULL,
    ended_at INTEGER
) STRICT;

CREATE INDEX hall_notice_of_clinic ON hall_notice (clinic_id);

CREATE TABLE hand_over (
    id INTEGER NOT NULL PRIMARY KEY,
    clinic_id INTEGER NOT NULL REFERENCES clinic (id),
    business_day TEXT NOT NULL,
    visit_id INTEGER NOT NULL REFERENCES visit (id),
    movement_id INTEGER NOT NULL REFERENCES movement (id),
    doctor_id INTEGER NOT NULL REFERENCES staff (id),
    introduction TEXT NOT NULL, -- the sentence that introduces the customer (R4.20)
    assigned_chair_id INTEGER REFERENCES chair (id), -- what was arranged, when it was another chair (R4.46)
    chair_reason TEXT, -- code of list chairChange
    chair_note TEXT,
    nurse_rating TEXT CHECK (nurse_rating IN ('standard', 'notStandard')), -- how the nurse received (R4.19)
    nurse_remark TEXT,
    handed_at INTEGER NOT NULL,
    handed_by INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX hand_over_of_movement ON hand_over (movement_id);

CREATE INDEX hand_over_of_visit ON hand_over (visit_id);

CREATE TABLE handed_case (
    id INTEGER NOT NULL PRIMARY KEY,
    clinic_id INTEGER NOT NULL REFERENCES clinic (id),
    kind TEXT NOT NULL CHECK (kind IN ('doctorGone', 'difficult')), -- R2.23: supervisor; R3.37: director
    patient_id INTEGER NOT NULL REFERENCES patient (id),
    appointment_id INTEGER REFERENCES appointment (id), -- what it is about; of doctorGone what settled it
    doctor_id INTEGER REFERENCES staff (id), -- who is gone
    words TEXT NOT NULL, -- what the customer wants, what is difficult
    asked_by INTEGER NOT NULL,
    asked_at INTEGER NOT NULL,
    settled_by INTEGER,
    settled_at INTEGER,
    outcome TEXT, -- what was decided
    CHECK ((settled_at IS NULL) = (outcome IS NULL))
) STRICT;

CREATE INDEX handed_case_of_clinic ON handed_case (clinic_id, asked_at);

CREATE UNIQUE INDEX handed_case_one_open ON handed_case (patient_id, clinic_id, kind) WHERE settled_at IS NULL;

CREATE TABLE idempotency (
    lane INTEGER NOT NULL,
    key TEXT NOT NULL, -- made with the form, sent with it
    body_hash TEXT NOT NULL, -- SHA-256 of the command; another body under the same key is refused
    response TEXT NOT NULL, -- what the first call answered
    created_at INTEGER NOT NULL,
    PRIMARY KEY (lane, key)
) STRICT;

CREATE TABLE inside_message (
    id INTEGER NOT NULL PRIMARY KEY,
    clinic_id INTEGER NOT NULL REFERENCES clinic (id),
    business_day TEXT NOT NULL,
    from_place TEXT NOT NULL, -- code of list workPlace, or room:<number>
    body TEXT NOT NULL,
    visit_id INTEGER REFERENCES visit (id), -- whom it is about
    answers_id INTEGER REFERENCES inside_message (id),
    sent_at INTEGER NOT NULL,
    sent_by INTEGER NOT NULL
) STRICT;

CREATE INDEX inside_message_of_day ON inside_message (clinic_id, business_day);

CREATE INDEX inside_message_sent ON inside_message (clinic_id, sent_at);

CREATE TABLE inside_message_to (
    message_id INTEGER NOT NULL REFERENCES inside_message (id),
    place TEXT NOT NULL,
    clinic_id INTEGER NOT NULL REFERENCES clinic (id),
    business_day TEXT NOT NULL,
    read_at INTEGER,
    read_by INTEGER,
    PRIMARY KEY (message_id, place)
) STRICT, WITHOUT ROWID;

CREATE INDEX inside_message_to_unread ON inside_message_to (clinic_id, business_day, place) WHERE read_at IS NULL;

CREATE TABLE intake_field (
    form_id INTEGER NOT NULL REFERENCES intake_form (id),
    field TEXT NOT NULL, -- of the kind of form: name, phone …; history.<code>
    value TEXT NOT NULL, -- history: yes, no
    note TEXT,
    is_special INTEGER NOT NULL CHECK (is_special IN (0, 1)), -- highlighted, and kept with the alerts (R1.07)
    filled_at INTEGER NOT NULL,
    filled_by INTEGER NOT NULL,
    checked_at INTEGER, -- a colleague compared it with the customer (R1.03)
    checked_by INTEGER,
    PRIMARY KEY (form_id, field)
) STRICT, WITHOUT ROWID;

CREATE TABLE intake_form (
    id INTEGER NOT NULL PRIMARY KEY,
    clinic_id INTEGER NOT NULL REFERENCES clinic (id),
    patient_id INTEGER REFERENCES patient (id), -- NULL: filled in by the customer, nobody has verified who it is
    visit_id INTEGER REFERENCES visit (id),
    kind TEXT NOT NULL CHECK (kind IN ('registration', 'inquiry')), -- R1.05
    source TEXT NOT NULL CHECK (source IN ('desk', 'self', 'paper')), -- self: on the customer's own telephone
    fill_mode TEXT CHECK (fill_mode IN ('alone', 'guided')), -- R1.06
    guide_id INTEGER REFERENCES staff (id), -- who guided face to face
    language TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('filling', 'unsigned', 'unchecked', 'complete', 'discarded')),
    started_at INTEGER NOT NULL,
    started_by INTEGER NOT NULL,
    attached_at INTEGER, -- a person verified whose form it is
    attached_by INTEGER,
    completed_at INTEGER,
    version INTEGER NOT NULL,
    CHECK ((fill_mode = 'guided') = (guide_id IS NOT NULL) OR fill_mode IS NULL)
) STRICT;

CREATE INDEX intake_form_of_patient ON intake_form (patient_id);

CREATE INDEX intake_form_open ON intake_form (clinic_id, started_at)
WHERE state IN ('filling', 'unsigned', 'unchecked');

CREATE TABLE item (
    id INTEGER NOT NULL PRIMARY KEY,
    code TEXT NOT NULL UNIQUE, -- stable id of the shipped catalogue
    name TEXT NOT NULL,
    item_group TEXT, -- code of list itemGroup: heading on the charge page; NULL: other
    measure TEXT, -- what is counted: 次, 牙, 副; NULL: 次
    category TEXT NOT NULL CHECK (category IN
        ('orthodontic', 'treatment', 'fabrication', 'scaling', 'device', 'registration')), -- R6.28, R6.29
    units INTEGER NOT NULL CHECK (units >= 0), -- usual length in quarters of an hour (R3.03); 0: goods
    size TEXT NOT NULL CHECK (size IN ('big', 'small')), -- R3.49
    urgency TEXT NOT NULL, -- code list
    is_pneumatic INTEGER NOT NULL, -- R3.43
    is_operation INTEGER NOT NULL, -- needs disclosure and consent (R5.04, R5.05)
    has_reaction INTEGER NOT NULL, -- foreseeable reaction: call on the next day (R8.03)
    calls_same_day INTEGER NOT NULL, -- call in the evening of the day (R8.02)
    is_per_tooth INTEGER NOT NULL,
    is_xray INTEGER NOT NULL, -- "of which" of the daily report (R6.28)
    is_impression INTEGER NOT NULL,
    needs_dispensing INTEGER NOT NULL, -- R5.18
    is_retail INTEGER NOT NULL,
    warranty_months INTEGER NOT NULL, -- 0: none (R5.09)
    sort_rank INTEGER NOT NULL,
    retired_at INTEGER -- dictionary items retire, they are not deleted
) STRICT;

CREATE TABLE item_price (
    id INTEGER NOT NULL PRIMARY KEY,
    item_id INTEGER NOT NULL REFERENCES item (id),
    clinic_id INTEGER NOT NULL, -- 0: the organisation's price
    valid_from TEXT NOT NULL, -- business day
    price_fen INTEGER NOT NULL CHECK (price_fen >= 0),
    set_by INTEGER NOT NULL,
    set_at INTEGER NOT NULL,
    UNIQUE (item_id, clinic_id, valid_from)
) STRICT;

CREATE TABLE job_lease (
    name TEXT NOT NULL PRIMARY KEY,
    holder TEXT NOT NULL, -- process token
    expires_at INTEGER NOT NULL,
    last_done_at INTEGER
) STRICT;

CREATE TABLE lobby_guest (
    id INTEGER NOT NULL PRIMARY KEY,
    clinic_id INTEGER NOT NULL REFERENCES clinic (id),
    business_day TEXT NOT NULL,
    patient_id INTEGER REFERENCES patient (id), -- NULL: nobody knows the person yet
    label TEXT NOT NULL, -- how the desk recognises the person: name, or what the lobby wrote
    sent_at INTEGER NOT NULL,
    sent_by INTEGER NOT NULL,
    met_at INTEGER, -- the desk has taken over
    met_by INTEGER
) STRICT;

CREATE INDEX lobby_guest_of_day ON lobby_guest (clinic_id, business_day);

CREATE TABLE lobby_reminder (
    id INTEGER NOT NULL PRIMARY KEY,
    clinic_id INTEGER NOT NULL REFERENCES clinic (id),
    business_day TEXT NOT NULL,
    waiting INTEGER NOT NULL, -- customers who waited at that moment
    reminded_at INTEGER NOT NULL,
    reminded_by INTEGER NOT NULL
) STRICT;

CREATE INDEX lobby_reminder_of_day ON lobby_reminder (clinic_id, business_day);

CREATE TABLE lookup_slip (
    id INTEGER NOT NULL PRIMARY KEY,
    clinic_id INTEGER NOT NULL REFERENCES clinic (id),
    typed TEXT NOT NULL, -- name or phone as the customer typed it (R1.13)
    asked_at INTEGER NOT NULL,
    asked_by INTEGER NOT NULL, -- whose session the tablet has
    settled_at INTEGER,
    settled_by INTEGER
) STRICT;

CREATE INDEX lookup_slip_open ON lookup_slip (clinic_id, asked_at);

CREATE TABLE movement (
    id INTEGER NOT NULL PRIMARY KEY,
    clinic_id INTEGER NOT NULL REFERENCES clinic (id),
    visit_id INTEGER NOT NULL REFERENCES visit (id),
    chair_id INTEGER NOT NULL REFERENCES chair (id),
    person TEXT NOT NULL CHECK (person IN ('patient', 'companion')),
    entered_at INTEGER NOT NULL,
    entered_by INTEGER NOT NULL,
    handed_to_id INTEGER REFERENCES staff (id), -- nurse who took over (R4.18)
    alerts_spoken_at INTEGER, -- special conditions told aloud (R1.07)
    nearly_done_at INTEGER, -- tap of the room (R4.15)
    exited_at INTEGER,
    exited_by INTEGER,
    exit_recorded_at INTEGER, -- later than exited_at: 补录
    cleaned_at INTEGER -- tap: chair ready again
) STRICT;

CREATE INDEX movement_of_chair ON movement (chair_id, entered_at);

CREATE INDEX movement_of_visit ON movement (visit_id);

CREATE UNIQUE INDEX movement_one_in_chair ON movement (chair_id) WHERE exited_at IS NULL AND person = 'patient';

CREATE TABLE observation (
    id INTEGER NOT NULL PRIMARY KEY,
    clinic_id INTEGER NOT NULL REFERENCES clinic (id),
    patient_id INTEGER NOT NULL REFERENCES patient (id),
    visit_id INTEGER REFERENCES visit (id), -- NULL: before or between visits
    words TEXT NOT NULL, -- one or two sentences for the doctor (R1.17)
    written_at INTEGER NOT NULL,
    written_by INTEGER NOT NULL,
    withdrawn_at INTEGER,
    withdrawn_by INTEGER
) STRICT;

CREATE INDEX observation_of_patient ON observation (patient_id, written_at);

CREATE TABLE online_form (
    id INTEGER NOT NULL PRIMARY KEY,
    clinic_id INTEGER NOT NULL REFERENCES clinic (id),
    hold_id INTEGER NOT NULL UNIQUE, -- holder of the units until the form was sent
    need TEXT NOT NULL, -- OnlineNeed
    day TEXT NOT NULL,
    start_unit INTEGER NOT NULL,
    units INTEGER NOT NULL,
    doctor_id INTEGER NOT NULL REFERENCES staff (id),
    chair_id INTEGER REFERENCES chair (id),
    address_hash TEXT NOT NULL, -- keyed hash of the network address, for the limit of a day
    started_at INTEGER NOT NULL, -- the hold was taken
    expires_at INTEGER NOT NULL, -- of the hold
    started_day TEXT NOT NULL, -- business day
    language TEXT NOT NULL,
    phone_hash TEXT, -- keyed hash, for the limit of a day
    answers TEXT, -- codes of the screening, comma separated (R3.45)
    submitted_at INTEGER,
    appointment_id INTEGER REFERENCES appointment (id),
    patient_id INTEGER REFERENCES patient (id), -- the file made for it
    settled_at INTEGER, -- somebody at the desk knows who it is
    settled_by INTEGER,
    outcome TEXT CHECK (outcome IN ('new', 'merged', 'refused')),
    known_as INTEGER REFERENCES patient (id) -- of 'merged': the file it went into
, visitor_hash TEXT) STRICT;

CREATE INDEX online_form_of_appointment ON online_form (appointment_id);

CREATE INDEX online_form_of_day ON online_form (started_day, address_hash);

CREATE INDEX online_form_of_patient ON online_form (patient_id);

CREATE INDEX online_form_of_visitor ON online_form (visitor_hash, submitted_at);

CREATE TABLE organisation (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1), -- one installation is one organisation
    name TEXT NOT NULL,
    is_demo INTEGER NOT NULL CHECK (is_demo IN (0, 1)), -- 1: made by `menya demo`, never for real people
    key_fingerprint TEXT NOT NULL, -- of the key file in use; `verify` and `restore` compare it
    recovery_confirmed_at INTEGER, -- when the recovery sheet was confirmed as kept
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE paper_chart (
    id INTEGER NOT NULL PRIMARY KEY,
    clinic_id INTEGER NOT NULL REFERENCES clinic (id),
    patient_id INTEGER NOT NULL REFERENCES patient (id),
    kind TEXT NOT NULL CHECK (kind IN ('chart', 'booklet')), -- booklet: held by the customer, returned freely (R1.33)
    number TEXT NOT NULL, -- as written on the cover
    shelf TEXT NOT NULL, -- where it stands
    state TEXT NOT NULL
        CHECK (state IN ('shelf', 'pulled', 'ordered', 'doctor', 'cashier', 'returned', 'released')), -- R1.30
    moved_at INTEGER NOT NULL, -- last movement
    moved_by INTEGER NOT NULL,
    version INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX paper_chart_number ON paper_chart (clinic_id, number);

CREATE INDEX paper_chart_of_patient ON paper_chart (patient_id);

CREATE INDEX paper_chart_out ON paper_chart (clinic_id, moved_at) WHERE state <> 'shelf';

CREATE TABLE patient (
    id INTEGER NOT NULL PRIMARY KEY,
    home_clinic_id INTEGER NOT NULL REFERENCES clinic (id),
    record_no TEXT NOT NULL UNIQUE, -- 病历号, from the counter
    name TEXT NOT NULL,
    pinyin TEXT NOT NULL, -- syllables with spaces; editable, polyphones differ by family
    gender TEXT NOT NULL CHECK (gender IN ('male', 'female', 'unknown')),
    born_on TEXT, -- plain date
    stated_age INTEGER, -- years, when no birth date was given
    stated_age_on TEXT, -- the day it was stated
    salutation TEXT, -- 先生, 女士 … (R1.16)
    phone TEXT, -- main number, digits; several people may share one
    phone_missing_reason TEXT, -- code, when phone is NULL (R1.12)
    phone_confirmed_at INTEGER, -- last check-in at which it was confirmed (R1.04)
    address TEXT,
    document_kind TEXT, -- nationalID, passport …
    document_cipher TEXT, -- keyId:nonce:data
    document_hash TEXT, -- keyed, for look-up
    document_masked TEXT,
    source_channel TEXT, -- code (R1.18)
    referrer_id INTEGER REFERENCES patient (id), -- R1.19
    household_id INTEGER, -- id of the first member of the family; NULL: none known
    complaint TEXT NOT NULL, -- as stated at registration (R1.01)
    condition_note TEXT, -- general physical condition, free text (R1.08)
    remark TEXT,
    registered_at INTEGER NOT NULL,
    registered_by INTEGER NOT NULL,
    merged_into_id INTEGER REFERENCES patient (id),
    version INTEGER NOT NULL, document_place INTEGER NOT NULL DEFAULT 0 CHECK (document_place >= 0),
    CHECK (born_on IS NOT NULL OR stated_age IS NOT NULL),
    CHECK (phone IS NOT NULL OR phone_missing_reason IS NOT NULL)
) STRICT;

CREATE UNIQUE INDEX patient_document_place ON patient (document_hash, document_place)
WHERE document_hash IS NOT NULL;

CREATE INDEX patient_household ON patient (household_id) WHERE household_id IS NOT NULL;

CREATE INDEX patient_merged ON patient (merged_into_id) WHERE merged_into_id IS NOT NULL;

CREATE INDEX patient_name_birth ON patient (name, born_on);

CREATE INDEX patient_phone ON patient (phone);

CREATE INDEX patient_referrer ON patient (referrer_id) WHERE referrer_id IS NOT NULL;

CREATE INDEX patient_registered ON patient (registered_at);

CREATE TABLE patient_alert (
    id INTEGER NOT NULL PRIMARY KEY,
    patient_id INTEGER NOT NULL REFERENCES patient (id),
    code TEXT NOT NULL, -- medical history list: hypertension, diabetes, allergy …
    note TEXT,
    is_special INTEGER NOT NULL, -- shown in red and to be spoken at hand-over (R1.07)
    recorded_by INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    ended_by INTEGER,
    ended_at INTEGER
) STRICT;

CREATE INDEX patient_alert_of_patient ON patient_alert (patient_id);

CREATE TABLE patient_change (
    id INTEGER NOT NULL PRIMARY KEY,
    patient_id INTEGER NOT NULL REFERENCES patient (id),
    field TEXT NOT NULL, -- column name
    old_value TEXT, -- masked for protected fields
    new_value TEXT,
    changed_by INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    occasion TEXT NOT NULL -- edit, checkIn
) STRICT;

CREATE INDEX patient_change_of_patient ON patient_change (patient_id, changed_at);

CREATE TABLE patient_consent (
    id INTEGER NOT NULL PRIMARY KEY,
    patient_id INTEGER NOT NULL REFERENCES patient (id),
    kind TEXT NOT NULL CHECK (kind IN ('privacy', 'health', 'marketing', 'photo')),
    notice_version TEXT NOT NULL,
    notice_hash TEXT NOT NULL, -- SHA-256 of the text shown
    guardian_name TEXT, -- for people under 14
    guardian_phone TEXT,
    given_at INTEGER NOT NULL,
    recorded_by INTEGER NOT NULL,
    withdrawn_at INTEGER,
    withdrawn_by INTEGER
) STRICT;

CREATE INDEX patient_consent_of_patient ON patient_consent (patient_id);

CREATE TABLE patient_level (
    patient_id INTEGER NOT NULL PRIMARY KEY REFERENCES patient (id),
    level INTEGER NOT NULL CHECK (level BETWEEN 0 AND 3), -- set by hand (R3.50)
    reason TEXT NOT NULL,
    set_by INTEGER NOT NULL,
    set_at INTEGER NOT NULL
) STRICT;

CREATE TABLE patient_merge (
    id INTEGER NOT NULL PRIMARY KEY,
    clinic_id INTEGER NOT NULL REFERENCES clinic (id),
    kept_id INTEGER NOT NULL REFERENCES patient (id),
    merged_id INTEGER NOT NULL REFERENCES patient (id),
    kept_version INTEGER NOT NULL, -- of the kept file after the merge
    merged_at INTEGER NOT NULL,
    merged_by INTEGER NOT NULL,
    undo_until INTEGER NOT NULL, -- last moment at which it can be taken back
    undone_at INTEGER,
    undone_by INTEGER,
    CHECK (kept_id <> merged_id)
) STRICT;

CREATE UNIQUE INDEX patient_merge_in_force ON patient_merge (merged_id) WHERE undone_at IS NULL;

CREATE INDEX patient_merge_of_kept ON patient_merge (kept_id);

CREATE TABLE patient_merge_field (
    merge_id INTEGER NOT NULL REFERENCES patient_merge (id),
    field TEXT NOT NULL, -- whose value of the merged file won
    old_value TEXT, -- of the kept file before; document numbers stay with their file
    PRIMARY KEY (merge_id, field)
) STRICT, WITHOUT ROWID;

CREATE TABLE patient_merge_row (
    merge_id INTEGER NOT NULL REFERENCES patient_merge (id),
    table_name TEXT NOT NULL,
    row_id INTEGER NOT NULL, -- a row that was moved to the kept file
    PRIMARY KEY (merge_id, table_name, row_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE patient_profile (
    patient_id INTEGER NOT NULL PRIMARY KEY REFERENCES patient (id),
    language TEXT, -- code of list spokenLanguage; NULL: Mandarin (R1.23)
    relay_name TEXT, -- who can relay in Mandarin
    relay_phone TEXT, -- digits
    contact_any INTEGER NOT NULL CHECK (contact_any IN (0, 1)), -- may be called at any time (R1.22)
    contact_from INTEGER, -- first quarter of an hour of the day in which calls suit; NULL: not asked
    contact_until INTEGER, -- the first one after
    intention TEXT, -- code of list treatmentIntention (R1.21)
    intended_items TEXT, -- as said
    preference TEXT, -- how the customer likes to be treated
    needs TEXT NOT NULL, -- codes of list assistanceNeed separated by commas; '' when none (R1.25)
    drink TEXT, -- code of list drink (R1.26)
    employee_id INTEGER REFERENCES staff (id), -- the customer works here (R1.27)
    spoken_on_phone_at INTEGER, -- name and phone were taken on the telephone (R1.15)
    read_back_at INTEGER, -- and read back
    read_back_by INTEGER,
    changed_at INTEGER NOT NULL,
    changed_by INTEGER NOT NULL,
    version INTEGER NOT NULL
) STRICT;

CREATE TABLE patient_term (
    term TEXT NOT NULL, -- suffix of name, pinyin from each syllable, initials, phone, record number; lower case
    patient_id INTEGER NOT NULL REFERENCES patient (id),
    PRIMARY KEY (term, patient_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX patient_term_of_patient ON patient_term (patient_id);

CREATE TABLE patient_wish (
    id INTEGER NOT NULL PRIMARY KEY,
    patient_id INTEGER NOT NULL REFERENCES patient (id),
    kind TEXT NOT NULL CHECK (kind IN ('doctorGender', 'doctorAge', 'doctorTitle', 'other')), -- R1.24
    value TEXT NOT NULL,
    is_hard INTEGER NOT NULL, -- 1: must, 0: would like
    recorded_by INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    ended_at INTEGER
) STRICT;

CREATE INDEX patient_wish_of_patient ON patient_wish (patient_id);

CREATE TABLE patrol_round (
    id INTEGER NOT NULL PRIMARY KEY,
    clinic_id INTEGER NOT NULL REFERENCES clinic (id),
    business_day TEXT NOT NULL,
    walked_at INTEGER NOT NULL,
    walked_by INTEGER NOT NULL,
    waiting INTEGER NOT NULL -- customers who waited then
) STRICT;

CREATE INDEX patrol_round_of_day ON patrol_round (clinic_id, business_day);

CREATE TABLE payment (
    id INTEGER NOT NULL PRIMARY KEY,
    receipt_id INTEGER NOT NULL REFERENCES receipt (id),
    position INTEGER NOT NULL,
    method TEXT NOT NULL CHECK (method IN ('cash', 'wechat', 'alipay', 'bankCard')),
    amount_fen INTEGER NOT NULL CHECK (amount_fen > 0),
    card_type TEXT, -- debit, credit (R6.14)
    card_last4 TEXT, -- never the full number
    reference TEXT, -- number of the slip or of the app's bill
    UNIQUE (receipt_id, position)
) STRICT;

CREATE TABLE playbook_override (
    id INTEGER NOT NULL PRIMARY KEY,
    scope_clinic_id INTEGER NOT NULL, -- 0: organisation
    kind TEXT NOT NULL, -- setting, level, …
    key TEXT NOT NULL, -- stable id in the playbook
    value TEXT NOT NULL, -- JSON
    shipped_value TEXT NOT NULL, -- JSON of the shipped default when this was set: a newer default is announced
    reason TEXT,
    set_by INTEGER NOT NULL,
    set_at INTEGER NOT NULL,
    ended_at INTEGER -- replaced or reset; NULL = in force
) STRICT;

CREATE UNIQUE INDEX playbook_override_one ON playbook_override (scope_clinic_id, kind, key) WHERE ended_at IS NULL;

CREATE TABLE public_link (
    id INTEGER NOT NULL PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE, -- SHA-256 of the secret in the address; the secret is nowhere
    purpose TEXT NOT NULL CHECK (purpose IN ('appointment', 'hold', 'calendar')),
    subject_id INTEGER NOT NULL, -- appointment, hold or doctor
    clinic_id INTEGER NOT NULL REFERENCES clinic (id),
    issued_at INTEGER NOT NULL,
    issued_by INTEGER NOT NULL, -- 1: the customer by an online booking
    expires_at INTEGER, -- NULL: until revoked (calendar)
    used_at INTEGER, -- the one thing it was for is done
    revoked_at INTEGER,
    revoked_by INTEGER
) STRICT;

CREATE INDEX public_link_of_subject ON public_link (purpose, subject_id);

CREATE TABLE queue_move (
    id INTEGER NOT NULL PRIMARY KEY,
    clinic_id INTEGER NOT NULL REFERENCES clinic (id),
    business_day TEXT NOT NULL,
    visit_id INTEGER NOT NULL REFERENCES visit (id),
    before_visit_id INTEGER NOT NULL REFERENCES visit (id), -- in front of whom (R4.01)
    turn_at INTEGER NOT NULL, -- the turn of that customer when the place was changed
    turn_arrived_at INTEGER NOT NULL, -- and the arrival that ordered equal turns
    reason TEXT NOT NULL, -- code of list queueMove
    note TEXT,
    moved_at INTEGER NOT NULL,
    moved_by INTEGER NOT NULL,
    undone_at INTEGER
) STRICT;

CREATE INDEX queue_move_of_day ON queue_move (clinic_id, business_day);

CREATE TABLE queue_ticket (
    id INTEGER NOT NULL PRIMARY KEY,
    clinic_id INTEGER NOT NULL REFERENCES clinic (id),
    business_day TEXT NOT NULL,
    visit_id INTEGER NOT NULL REFERENCES visit (id),
    number INTEGER NOT NULL, -- from the day's counter
    rank_reason TEXT, -- why it stands before its turn
    issued_at INTEGER NOT NULL,
    called_at INTEGER, -- last call
    call_count INTEGER NOT NULL,
    called_chair_id INTEGER REFERENCES chair (id),
    skipped_at INTEGER, -- did not answer; NULL again when called again
    closed_at INTEGER, -- led in, or left without being seen
    version INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX queue_ticket_number ON queue_ticket (clinic_id, business_day, number);

CREATE UNIQUE INDEX queue_ticket_one_open ON queue_ticket (visit_id) WHERE closed_at IS NULL;

CREATE TABLE receipt (
    id INTEGER NOT NULL PRIMARY KEY,
    clinic_id INTEGER NOT NULL REFERENCES clinic (id),
    number INTEGER NOT NULL, -- gapless in its clinic (R6.03)
    business_day TEXT NOT NULL,
    issued_at INTEGER NOT NULL,
    patient_id INTEGER NOT NULL REFERENCES patient (id),
    visit_id INTEGER REFERENCES visit (id),
    sheet_id INTEGER REFERENCES charge_sheet (id),
    doctor_id INTEGER NOT NULL REFERENCES staff (id),
    cashier_id INTEGER NOT NULL REFERENCES staff (id),
    list_fen INTEGER NOT NULL, -- lines at list price
    receivable_fen INTEGER NOT NULL, -- lines as charged, plus what was owed of them before
    received_fen INTEGER NOT NULL CHECK (received_fen > 0),
    arrears_fen INTEGER NOT NULL CHECK (arrears_fen >= 0), -- still owed for the sheet afterwards (R6.07)
    tendered_fen INTEGER, -- cash handed over (R6.16)
    change_fen INTEGER,
    voided_at INTEGER,
    UNIQUE (clinic_id, number)
) STRICT;

CREATE INDEX receipt_of_day ON receipt (clinic_id, business_day);

CREATE INDEX receipt_of_patient ON receipt (patient_id);

CREATE TABLE receipt_print (
    id INTEGER NOT NULL PRIMARY KEY,
    receipt_id INTEGER NOT NULL REFERENCES receipt (id),
    copy INTEGER NOT NULL, -- 1 is the original; from 2 on the paper says 重印
    layout TEXT NOT NULL CHECK (layout IN ('80mm', 'a5')),
    printed_by INTEGER NOT NULL,
    printed_at INTEGER NOT NULL,
    UNIQUE (receipt_id, copy)
) STRICT;

CREATE TABLE record_copy (
    id INTEGER NOT NULL PRIMARY KEY,
    clinic_id INTEGER NOT NULL REFERENCES clinic (id),
    patient_id INTEGER NOT NULL REFERENCES patient (id),
    purpose TEXT NOT NULL, -- code of list recordPurpose
    papers TEXT NOT NULL, -- what is asked for: 病历, 发票, X 线片 …
    requested_at INTEGER NOT NULL,
    requested_by INTEGER NOT NULL,
    fetched_at INTEGER, -- copied and collected by staff (R1.34)
    fetched_by INTEGER,
    handed_at INTEGER, -- in the customer's hands
    handed_by INTEGER,
    version INTEGER NOT NULL
) STRICT;

CREATE INDEX record_copy_of_patient ON record_copy (patient_id);

CREATE INDEX record_copy_open ON record_copy (clinic_id, requested_at) WHERE handed_at IS NULL;

CREATE TABLE record_print (
    id INTEGER NOT NULL PRIMARY KEY,
    clinic_id INTEGER NOT NULL REFERENCES clinic (id),
    patient_id INTEGER NOT NULL REFERENCES patient (id),
    purpose TEXT NOT NULL, -- code of list recordPurpose (R1.32)
    note TEXT,
    printed_at INTEGER NOT NULL,
    printed_by INTEGER NOT NULL
) STRICT;

CREATE INDEX record_print_of_patient ON record_print (patient_id);

CREATE TABLE referral (
    id INTEGER NOT NULL PRIMARY KEY,
    clinic_id INTEGER NOT NULL REFERENCES clinic (id),
    business_day TEXT NOT NULL,
    visit_id INTEGER NOT NULL REFERENCES visit (id),
    patient_id INTEGER NOT NULL REFERENCES patient (id),
    main_doctor_id INTEGER NOT NULL REFERENCES staff (id), -- who stays responsible (R3.54)
    helper_id INTEGER NOT NULL REFERENCES staff (id), -- who was asked to help
    words TEXT NOT NULL, -- what for
    recorded_by INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    no_charge_at INTEGER, -- the helper did nothing that costs
    no_next_at INTEGER, -- the helper needs no further visit
    cancelled_at INTEGER,
    CHECK (main_doctor_id <> helper_id)
) STRICT;

CREATE INDEX referral_of_day ON referral (clinic_id, business_day);

CREATE UNIQUE INDEX referral_one ON referral (visit_id, helper_id) WHERE cancelled_at IS NULL;

CREATE TABLE register_entry (
    id INTEGER NOT NULL PRIMARY KEY,
    clinic_id INTEGER NOT NULL REFERENCES clinic (id),
    register TEXT NOT NULL, -- id in Playbook/registers.yaml
    business_day TEXT NOT NULL, -- of happened_at
    happened_at INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    recorded_by INTEGER NOT NULL,
    patient_id INTEGER REFERENCES patient (id), -- whom it names
    open_key TEXT, -- the answer that no other open entry may have: a tag; NULL once closed
    content TEXT NOT NULL, -- answers as JSON, field -> text
    search_text TEXT NOT NULL, -- what the list finds it by, lower case
    state TEXT NOT NULL CHECK (state IN ('open', 'closed', 'kept', 'void')),
    closed_at INTEGER,
    closed_by INTEGER,
    version INTEGER NOT NULL,
    CHECK ((state = 'closed') = (closed_at IS NOT NULL)),
    CHECK (open_key IS NULL OR state = 'open')
) STRICT;

CREATE UNIQUE INDEX register_entry_key ON register_entry (clinic_id, register, open_key) WHERE open_key IS NOT NULL;

CREATE INDEX register_entry_of_day ON register_entry (clinic_id, register, business_day);

CREATE INDEX register_entry_of_patient ON register_entry (patient_id, happened_at);

CREATE INDEX register_entry_open ON register_entry (clinic_id, register, happened_at) WHERE state = 'open';

CREATE TABLE register_version (
    entry_id INTEGER NOT NULL REFERENCES register_entry (id),
    version INTEGER NOT NULL,
    change TEXT NOT NULL CHECK (change IN ('entered', 'closed', 'corrected', 'reopened', 'voided')),
    happened_at INTEGER NOT NULL,
    content TEXT NOT NULL,
    changed_at INTEGER NOT NULL,
    changed_by INTEGER NOT NULL,
    reason TEXT, -- why it was corrected, reopened or declared void
    PRIMARY KEY (entry_id, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE resource_unit (
    kind TEXT NOT NULL CHECK (kind IN ('doctor', 'assistant', 'chair', 'device', 'patient')),
    resource_id INTEGER NOT NULL,
    day TEXT NOT NULL,
    unit INTEGER NOT NULL CHECK (unit BETWEEN 0 AND 95),
    place INTEGER NOT NULL, -- 0 … capacity − 1
    holder_kind TEXT NOT NULL CHECK (holder_kind IN ('appointment', 'block', 'hold')),
    holder_id INTEGER NOT NULL,
    clinic_id INTEGER NOT NULL, -- not in the key: nobody is in two clinics at once
    expires_at INTEGER, -- of a hold; a booking may take over an expired one
    PRIMARY KEY (kind, resource_id, day, unit, place)
) STRICT, WITHOUT ROWID;

CREATE INDEX resource_unit_expiring ON resource_unit (clinic_id, expires_at)
WHERE expires_at IS NOT NULL;

CREATE INDEX resource_unit_of_holder ON resource_unit (holder_kind, holder_id);

CREATE TABLE role_grant (
    id INTEGER NOT NULL PRIMARY KEY,
    staff_id INTEGER NOT NULL REFERENCES staff (id),
    clinic_id INTEGER NOT NULL, -- 0: every clinic
    role TEXT NOT NULL, -- code in Playbook/roles.yaml
    granted_by INTEGER NOT NULL,
    granted_at INTEGER NOT NULL,
    revoked_at INTEGER
) STRICT;

CREATE UNIQUE INDEX role_grant_one ON role_grant (staff_id, clinic_id, role) WHERE revoked_at IS NULL;

CREATE TABLE room (
    id INTEGER NOT NULL PRIMARY KEY,
    clinic_id INTEGER NOT NULL REFERENCES clinic (id),
    number INTEGER NOT NULL, -- plain number on tickets, screens and prints (R4.39)
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('treatment', 'communication')),
    retired_at INTEGER,
    UNIQUE (clinic_id, number)
) STRICT;

CREATE TABLE roster_exception (
    id INTEGER NOT NULL PRIMARY KEY,
    staff_id INTEGER NOT NULL REFERENCES staff (id),
    clinic_id INTEGER NOT NULL REFERENCES clinic (id),
    day TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('rest', 'work')), -- replaces the weekly pattern of that day
    start_unit INTEGER, -- of 'work'
    end_unit INTEGER,
    chair_id INTEGER REFERENCES chair (id),
    reason TEXT,
    set_by INTEGER NOT NULL,
    set_at INTEGER NOT NULL,
    ended_at INTEGER, duty TEXT, room_id INTEGER REFERENCES room (id),
    CHECK ((kind = 'rest' AND start_unit IS NULL) OR (kind = 'work' AND start_unit < end_unit))
) STRICT;

CREATE INDEX roster_exception_of_day ON roster_exception (clinic_id, day);

CREATE TABLE roster_request (
    id INTEGER NOT NULL PRIMARY KEY,
    clinic_id INTEGER NOT NULL REFERENCES clinic (id),
    staff_id INTEGER NOT NULL REFERENCES staff (id), -- who asks
    kind TEXT NOT NULL CHECK (kind IN ('leave', 'swap')), -- 请假, 换班
    reason TEXT NOT NULL, -- code of list leaveReason
    note TEXT,
    first_day TEXT NOT NULL, -- of leave: first day; of a swap: the day the colleague takes over
    last_day TEXT NOT NULL, -- inclusive; of a swap: the day worked in return
    start_unit INTEGER, -- of leave for a part of one day; NULL: whole days
    end_unit INTEGER,
    colleague_id INTEGER REFERENCES staff (id), -- of a swap
    agreed_at INTEGER, -- by the colleague
    asked_at INTEGER NOT NULL,
    decided_at INTEGER,
    decided_by INTEGER REFERENCES staff (id),
    decision TEXT CHECK (decision IN ('approved', 'refused')),
    decision_note TEXT,
    withdrawn_at INTEGER, -- by the person who asked
    version INTEGER NOT NULL,
    CHECK (first_day <= last_day OR kind = 'swap'),
    CHECK ((kind = 'swap') = (colleague_id IS NOT NULL))
) STRICT;

CREATE INDEX roster_request_of_clinic ON roster_request (clinic_id, first_day);

CREATE INDEX roster_request_of_staff ON roster_request (staff_id, asked_at);

CREATE TABLE roster_shift (
    id INTEGER NOT NULL PRIMARY KEY,
    staff_id INTEGER NOT NULL REFERENCES staff (id),
    clinic_id INTEGER NOT NULL REFERENCES clinic (id),
    weekday INTEGER NOT NULL CHECK (weekday BETWEEN 1 AND 7), -- 1 = Monday
    start_unit INTEGER NOT NULL,
    end_unit INTEGER NOT NULL, -- exclusive
    chair_id INTEGER REFERENCES chair (id),
    valid_from TEXT NOT NULL,
    valid_to TEXT, duty TEXT, room_id INTEGER REFERENCES room (id), -- inclusive; NULL: until further notice
    CHECK (start_unit < end_unit)
) STRICT;

CREATE INDEX roster_shift_of_clinic ON roster_shift (clinic_id, weekday);

CREATE TABLE rotation_balance (
    clinic_id INTEGER NOT NULL REFERENCES clinic (id),
    doctor_id INTEGER NOT NULL REFERENCES staff (id),
    credit INTEGER NOT NULL, -- shares earned by being there when turns were given
    taken INTEGER NOT NULL, -- turns had, returned ones not counted
    PRIMARY KEY (clinic_id, doctor_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE rotation_turn (
    id INTEGER NOT NULL PRIMARY KEY,
    clinic_id INTEGER NOT NULL REFERENCES clinic (id),
    doctor_id INTEGER NOT NULL REFERENCES staff (id),
    kind TEXT NOT NULL CHECK (kind IN ('taken', 'skipped', 'returned', 'calibrated')), -- R3.15
    day TEXT NOT NULL, -- business day of the booking; of 'calibrated' the day it was noticed
    appointment_id INTEGER REFERENCES appointment (id), -- NULL only of 'calibrated'
    credit INTEGER NOT NULL, -- shares this line gave the doctor: 720720 are one turn
    reason TEXT NOT NULL,
    recorded_by INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    CHECK (kind = 'calibrated' OR appointment_id IS NOT NULL)
) STRICT;

CREATE INDEX rotation_turn_of_appointment ON rotation_turn (appointment_id);

CREATE INDEX rotation_turn_of_clinic ON rotation_turn (clinic_id, recorded_at);

CREATE INDEX rotation_turn_of_day ON rotation_turn (clinic_id, day);

CREATE TABLE schedule_block (
    id INTEGER NOT NULL PRIMARY KEY,
    clinic_id INTEGER NOT NULL REFERENCES clinic (id),
    kind TEXT NOT NULL CHECK (kind IN ('doctor', 'assistant', 'chair', 'device')),
    resource_id INTEGER NOT NULL,
    day TEXT NOT NULL,
    start_unit INTEGER NOT NULL,
    units INTEGER NOT NULL CHECK (units >= 1),
    reason TEXT NOT NULL, -- 午休, 培训 …
    set_by INTEGER NOT NULL,
    set_at INTEGER NOT NULL,
    ended_at INTEGER
) STRICT;

CREATE INDEX schedule_block_of_day ON schedule_block (clinic_id, day);

CREATE TABLE schema_migration (
    id TEXT NOT NULL PRIMARY KEY,
    applied_at INTEGER NOT NULL
) STRICT;

CREATE TABLE screening (
    id INTEGER NOT NULL PRIMARY KEY,
    clinic_id INTEGER NOT NULL REFERENCES clinic (id),
    patient_id INTEGER NOT NULL REFERENCES patient (id),
    appointment_id INTEGER REFERENCES appointment (id), -- NULL: asked before anything was booked
    channel TEXT NOT NULL, -- code of list bookingChannel (R3.45)
    concerns INTEGER NOT NULL, -- questions answered with yes
    reminded_at INTEGER, -- the customer was told about the mask
    answered_at INTEGER NOT NULL,
    recorded_by INTEGER NOT NULL -- 0: the customer, online
) STRICT;

CREATE INDEX screening_of_appointment ON screening (appointment_id);

CREATE INDEX screening_of_patient ON screening (patient_id, answered_at);

CREATE TABLE screening_answer (
    screening_id INTEGER NOT NULL REFERENCES screening (id),
    question TEXT NOT NULL, -- code of list screening
    is_yes INTEGER NOT NULL CHECK (is_yes IN (0, 1)),
    PRIMARY KEY (screening_id, question)
) STRICT, WITHOUT ROWID;

CREATE TABLE self_registration (
    id INTEGER NOT NULL PRIMARY KEY,
    clinic_id INTEGER NOT NULL REFERENCES clinic (id),
    token_hash TEXT NOT NULL UNIQUE, -- SHA-256 of the secret in the address; the secret is nowhere
    appointment_id INTEGER REFERENCES appointment (id), -- NULL: from the clinic's own code
    issued_at INTEGER NOT NULL,
    issued_day TEXT NOT NULL, -- business day
    issued_by INTEGER NOT NULL, -- 1: the visitor, by the clinic's code
    expires_at INTEGER NOT NULL,
    address_hash TEXT, -- keyed hash of the network address that began it
    revoked_at INTEGER,
    language TEXT, -- of the form as it was sent
    answers TEXT, -- JSON object of what was typed, by field
    notice_version TEXT, -- privacy notice that was shown
    notice_hash TEXT,
    submitted_at INTEGER, -- NULL: not sent yet
    settled_at INTEGER, -- checked at the desk
    settled_by INTEGER,
    outcome TEXT CHECK (outcome IN ('new', 'known', 'refused')),
    patient_id INTEGER REFERENCES patient (id) -- the file it went into
) STRICT;

CREATE INDEX self_registration_of_appointment ON self_registration (appointment_id);

CREATE INDEX self_registration_of_day ON self_registration (issued_day, address_hash);

CREATE INDEX self_registration_open ON self_registration (clinic_id, submitted_at, settled_at);

CREATE TABLE service_window (
    id INTEGER NOT NULL PRIMARY KEY,
    clinic_id INTEGER NOT NULL REFERENCES clinic (id),
    number INTEGER NOT NULL CHECK (number BETWEEN 1 AND 99), -- on the pane, screens and prints (R4.39)
    kind TEXT NOT NULL CHECK (kind IN ('desk', 'cashier')),
    opened_at INTEGER NOT NULL,
    closed_at INTEGER -- given up; its number may be used again
) STRICT;

CREATE UNIQUE INDEX service_window_number ON service_window (clinic_id, number) WHERE closed_at IS NULL;

CREATE TABLE session (
    token_hash TEXT NOT NULL PRIMARY KEY, -- SHA-256 of the cookie's token
    staff_id INTEGER NOT NULL REFERENCES staff (id),
    clinic_id INTEGER NOT NULL REFERENCES clinic (id), -- where the person works now
    csrf TEXT NOT NULL,
    device TEXT NOT NULL, -- what the browser calls itself, shortened (R16.05)
    created_at INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL, -- at most a minute behind
    expires_at INTEGER NOT NULL,
    locked_at INTEGER, -- idle lock; reopened by PIN
    revoked_at INTEGER
) STRICT;

CREATE INDEX session_of_staff ON session (staff_id);

CREATE TABLE signature (
    id INTEGER NOT NULL PRIMARY KEY,
    clinic_id INTEGER NOT NULL REFERENCES clinic (id),
    document_kind TEXT NOT NULL, -- intakeForm …
    document_id INTEGER NOT NULL,
    content_hash TEXT NOT NULL, -- SHA-256 of what was signed; another content makes the signature void (R16.10)
    step TEXT NOT NULL, -- which signature of the document: customer …
    signer_kind TEXT NOT NULL CHECK (signer_kind IN ('customer', 'guardian', 'staff')),
    signer_name TEXT NOT NULL,
    signer_id INTEGER REFERENCES staff (id), -- of staff
    manner TEXT NOT NULL CHECK (manner IN ('drawn', 'paper')), -- paper: the signed sheet is kept in the chart
    path TEXT, -- strokes as an SVG path in a box of 600 x 200
    signed_at INTEGER NOT NULL,
    recorded_by INTEGER NOT NULL,
    CHECK ((manner = 'drawn') = (path IS NOT NULL)),
    CHECK ((signer_kind = 'staff') = (signer_id IS NOT NULL))
) STRICT;

CREATE INDEX signature_of_document ON signature (document_kind, document_id, signed_at);

CREATE TABLE staff (
    id INTEGER NOT NULL PRIMARY KEY,
    employee_no TEXT NOT NULL UNIQUE, -- order of rotation (R3.15)
    name TEXT NOT NULL,
    pinyin TEXT NOT NULL,
    gender TEXT NOT NULL CHECK (gender IN ('male', 'female', 'unknown')),
    title TEXT, -- 主任医师 …
    phone TEXT, -- private, never shown to callers (R16.12)
    login_name TEXT NOT NULL UNIQUE, -- lower case
    password_hash TEXT, -- scrypt; NULL: may not sign in
    pin_hash TEXT, -- scrypt of the 4–6 digit PIN
    failed_sign_ins INTEGER NOT NULL,
    failed_pins INTEGER NOT NULL,
    locked_until INTEGER,
    must_change_password INTEGER NOT NULL,
    is_doctor INTEGER NOT NULL, -- has a column on the board
    specialty TEXT, -- shown in the column head
    room_id INTEGER REFERENCES room (id), -- usual room
    chair_id INTEGER REFERENCES chair (id), -- usual chair
    direct_superior_id INTEGER REFERENCES staff (id),
    created_at INTEGER NOT NULL,
    disabled_at INTEGER,
    version INTEGER NOT NULL
) STRICT;

CREATE TABLE task (
    id INTEGER NOT NULL PRIMARY KEY,
    clinic_id INTEGER NOT NULL REFERENCES clinic (id),
    key TEXT NOT NULL UNIQUE, -- rule:subject kind:subject id:occurrence
    rule TEXT NOT NULL, -- id in Playbook/taskrules.yaml
    subject_kind TEXT NOT NULL,
    subject_id INTEGER NOT NULL,
    patient_id INTEGER REFERENCES patient (id),
    owner_role TEXT NOT NULL, -- who sees it on the workbench
    owner_id INTEGER REFERENCES staff (id), -- a named person
    reason TEXT NOT NULL, -- one line: why it is due, in the clinic's words
    channel TEXT NOT NULL, -- phone, desk …
    script TEXT, -- id in Playbook/scripts.yaml
    due_day TEXT NOT NULL, -- business day it belongs to
    due_from INTEGER NOT NULL, -- earliest instant at which it makes sense
    due_at INTEGER NOT NULL, -- overdue afterwards
    attempts INTEGER NOT NULL,
    next_try_at INTEGER, -- after an attempt without contact
    created_at INTEGER NOT NULL,
    done_at INTEGER,
    done_by INTEGER,
    outcome TEXT, -- code of the script's outcomes
    outcome_note TEXT,
    withdrawn_at INTEGER,
    withdrawn_cause TEXT, -- why it is no longer owed
    escalated_at INTEGER,
    escalated_role TEXT,
    version INTEGER NOT NULL
) STRICT;

CREATE INDEX task_done_by ON task (done_by, done_at) WHERE done_at IS NOT NULL;

CREATE INDEX task_of_patient ON task (patient_id);

CREATE INDEX task_of_subject ON task (subject_kind, subject_id);

CREATE INDEX task_open ON task (clinic_id, due_at) WHERE done_at IS NULL AND withdrawn_at IS NULL;

CREATE TABLE task_attempt (
    id INTEGER NOT NULL PRIMARY KEY,
    task_id INTEGER NOT NULL REFERENCES task (id),
    at INTEGER NOT NULL,
    made_by INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    note TEXT
) STRICT;

CREATE INDEX task_attempt_of ON task_attempt (task_id);

CREATE TABLE tooth_treatment (
    id INTEGER NOT NULL PRIMARY KEY,
    clinic_id INTEGER NOT NULL REFERENCES clinic (id),
    patient_id INTEGER NOT NULL REFERENCES patient (id),
    visit_id INTEGER NOT NULL REFERENCES visit (id),
    charge_line_id INTEGER NOT NULL REFERENCES charge_line (id),
    tooth INTEGER NOT NULL, -- FDI; 0: not bound to a tooth
    item_id INTEGER NOT NULL REFERENCES item (id),
    doctor_id INTEGER NOT NULL REFERENCES staff (id),
    business_day TEXT NOT NULL,
    warranty_until TEXT, -- R5.09
    UNIQUE (charge_line_id, tooth)
) STRICT;

CREATE INDEX tooth_treatment_of_patient ON tooth_treatment (patient_id, tooth);

CREATE TABLE transfer (
    id INTEGER NOT NULL PRIMARY KEY,
    clinic_id INTEGER NOT NULL REFERENCES clinic (id),
    business_day TEXT NOT NULL,
    at INTEGER NOT NULL,
    debit TEXT NOT NULL, -- account: receivable, cash, wechat, alipay, bankCard …
    credit TEXT NOT NULL, -- account: income, receivable …
    amount_fen INTEGER NOT NULL CHECK (amount_fen > 0), -- there is no negative amount
    patient_id INTEGER NOT NULL REFERENCES patient (id),
    visit_id INTEGER REFERENCES visit (id),
    sheet_id INTEGER REFERENCES charge_sheet (id),
    charge_line_id INTEGER REFERENCES charge_line (id),
    doctor_id INTEGER REFERENCES staff (id),
    category TEXT, -- income category of the line
    method TEXT,
    receipt_id INTEGER REFERENCES receipt (id),
    recorded_by INTEGER NOT NULL,
    CHECK (debit <> credit)
) STRICT;

CREATE INDEX transfer_of_day ON transfer (clinic_id, business_day);

CREATE INDEX transfer_of_patient ON transfer (patient_id);

CREATE INDEX transfer_of_sheet ON transfer (sheet_id);

CREATE TABLE triage_override (
    id INTEGER NOT NULL PRIMARY KEY,
    clinic_id INTEGER NOT NULL REFERENCES clinic (id),
    business_day TEXT NOT NULL,
    visit_id INTEGER NOT NULL REFERENCES visit (id),
    kind TEXT NOT NULL CHECK (kind IN ('type', 'doctor')), -- R2.28
    proposed TEXT NOT NULL, -- visit type, or id of the doctor
    chosen TEXT NOT NULL,
    reason TEXT, -- NULL: none was written
    recorded_by INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL
) STRICT;

CREATE INDEX triage_override_of_day ON triage_override (clinic_id, business_day);

CREATE TABLE visit (
    id INTEGER NOT NULL PRIMARY KEY,
    clinic_id INTEGER NOT NULL REFERENCES clinic (id),
    business_day TEXT NOT NULL,
    patient_id INTEGER NOT NULL REFERENCES patient (id),
    appointment_id INTEGER REFERENCES appointment (id), -- NULL: walk-in
    doctor_id INTEGER REFERENCES staff (id), -- who is to see the customer; NULL: not decided
    visit_type TEXT NOT NULL, -- code (R2.01)
    proposed_type TEXT NOT NULL, -- what the rule proposed (R2.02)
    type_reason TEXT NOT NULL, -- why it was proposed, or why it was overridden (R2.28)
    complaint TEXT NOT NULL,
    segment TEXT, -- demand segment (R2.11)
    emergency TEXT, -- code (R2.09); NULL: none
    told_wait_minutes INTEGER, -- what the customer was told (R4.02)
    arrived_at INTEGER NOT NULL,
    seated_at INTEGER,
    finished_at INTEGER, -- treatment ended, the customer left the chair
    left_at INTEGER, -- left the clinic
    outcome TEXT, -- seen, booked, referred, left … (R2.29)
    outcome_reason TEXT,
    contact_checked_at INTEGER, -- phone and address confirmed at check-in (R1.04)
    contact_checked_by INTEGER,
    version INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX visit_of_appointment ON visit (appointment_id) WHERE appointment_id IS NOT NULL;

CREATE INDEX visit_of_day ON visit (clinic_id, business_day);

CREATE INDEX visit_of_patient ON visit (patient_id, business_day);

CREATE UNIQUE INDEX visit_one_open ON visit (clinic_id, business_day, patient_id) WHERE left_at IS NULL;

CREATE TABLE visit_answer (
    visit_id INTEGER NOT NULL PRIMARY KEY REFERENCES visit (id),
    feeling TEXT, -- how the tooth feels now, in the customer's words (R2.12)
    mood TEXT, -- code of list visitMood
    needs TEXT NOT NULL, -- codes of list assistanceNeed separated by commas; '' when none (R1.25)
    exempt_reason TEXT, -- code of list exemptReason (R2.06)
    exempt_note TEXT,
    recorded_by INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL
) STRICT;

CREATE TABLE visit_case (
    id INTEGER NOT NULL PRIMARY KEY,
    clinic_id INTEGER NOT NULL REFERENCES clinic (id),
    business_day TEXT NOT NULL,
    visit_id INTEGER NOT NULL REFERENCES visit (id),
    kind TEXT NOT NULL, -- offSchedule, untoldChange, expertAbsent … (R2.14–R2.26, R4.06)
    doctor_id INTEGER REFERENCES staff (id), -- whom it is about
    why TEXT NOT NULL, -- what showed it, in words
    opened_by INTEGER NOT NULL,
    opened_at INTEGER NOT NULL,
    outcome TEXT, -- mainDoctor, otherDoctor, supervisor, wait, booked, callback …; NULL while open
    outcome_doctor_id INTEGER REFERENCES staff (id),
    outcome_appointment_id INTEGER REFERENCES appointment (id), -- booked instead
    outcome_day TEXT, -- of a callback (R2.18)
    outcome_note TEXT,
    closed_by INTEGER,
    closed_at INTEGER
) STRICT;

CREATE INDEX visit_case_of_day ON visit_case (clinic_id, business_day);

CREATE UNIQUE INDEX visit_case_once ON visit_case (visit_id, kind);

CREATE TABLE visit_case_step (
    id INTEGER NOT NULL PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES visit_case (id),
    kind TEXT NOT NULL, -- purpose, doctorCalled, expertTold, operation, operatorTold, willing, escort, companion
    staff_id INTEGER REFERENCES staff (id), -- who was told, or who escorts
    minutes INTEGER, -- the expert's estimate (R2.19)
    on_day TEXT, -- date of the operation (R2.25)
    note TEXT,
    recorded_by INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL
) STRICT;

CREATE INDEX visit_case_step_of_case ON visit_case_step (case_id);

CREATE TABLE visit_fact (
    id INTEGER NOT NULL PRIMARY KEY,
    visit_id INTEGER NOT NULL REFERENCES visit (id),
    kind TEXT NOT NULL, -- arrived, called, skipped, ledIn, nearlyDone, exited, left, explained, educated …
    happened_at INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL, -- later than happened_at: 补录
    recorded_by INTEGER NOT NULL,
    detail TEXT, -- chair, reason, text spoken
    late_reason TEXT, -- why the true time was stated afterwards
    undone_at INTEGER,
    undone_by INTEGER
) STRICT;

CREATE INDEX visit_fact_of_visit ON visit_fact (visit_id);

CREATE TABLE visit_request (
    id INTEGER NOT NULL PRIMARY KEY,
    clinic_id INTEGER NOT NULL REFERENCES clinic (id),
    business_day TEXT NOT NULL,
    visit_id INTEGER NOT NULL REFERENCES visit (id),
    kind TEXT NOT NULL CHECK (kind IN ('help', 'wish', 'question')), -- R4.41, R4.47, R4.48
    text TEXT NOT NULL,
    doctor_id INTEGER REFERENCES staff (id), -- who is asked; of questions
    asked_by INTEGER NOT NULL,
    asked_at INTEGER NOT NULL,
    result TEXT, -- done, notPossible, answered, gone; NULL while open
    result_note TEXT,
    closed_by INTEGER,
    closed_at INTEGER
) STRICT;

CREATE INDEX visit_request_of_day ON visit_request (clinic_id, business_day);

CREATE INDEX visit_request_of_visit ON visit_request (visit_id);

CREATE TABLE wait_estimate (
    id INTEGER NOT NULL PRIMARY KEY,
    clinic_id INTEGER NOT NULL REFERENCES clinic (id),
    business_day TEXT NOT NULL,
    visit_id INTEGER NOT NULL REFERENCES visit (id),
    doctor_id INTEGER REFERENCES staff (id), -- who was to see the customer then; NULL: not decided
    told_minutes INTEGER NOT NULL CHECK (told_minutes BETWEEN 0 AND 600), -- minutes said to the customer (R4.02)
    system_minutes INTEGER, -- minutes the system would have said; NULL without a doctor
    told_at INTEGER NOT NULL,
    told_by INTEGER NOT NULL
) STRICT;

CREATE INDEX wait_estimate_of_day ON wait_estimate (clinic_id, business_day);

CREATE INDEX wait_estimate_of_visit ON wait_estimate (visit_id);

CREATE TABLE waiting_call (
    id INTEGER NOT NULL PRIMARY KEY,
    entry_id INTEGER NOT NULL REFERENCES waiting_entry (id),
    called_at INTEGER NOT NULL,
    called_by INTEGER NOT NULL,
    day TEXT, -- what was offered; NULL: only asked how things are
    start_unit INTEGER,
    units INTEGER,
    doctor_id INTEGER REFERENCES staff (id),
    answer TEXT NOT NULL, -- booked, or code of list waitingAnswer
    note TEXT
) STRICT;

CREATE INDEX waiting_call_of ON waiting_call (entry_id);

CREATE TABLE waiting_entry (
    id INTEGER NOT NULL PRIMARY KEY,
    clinic_id INTEGER NOT NULL REFERENCES clinic (id),
    patient_id INTEGER NOT NULL REFERENCES patient (id),
    doctor_id INTEGER REFERENCES staff (id), -- NULL: any doctor
    appointment_id INTEGER REFERENCES appointment (id), -- the later booking that would be moved forward
    complaint TEXT NOT NULL,
    units INTEGER NOT NULL CHECK (units BETWEEN 1 AND 96),
    weekdays INTEGER NOT NULL CHECK (weekdays BETWEEN 1 AND 127), -- bit 0 = Monday
    from_unit INTEGER NOT NULL CHECK (from_unit BETWEEN 0 AND 95), -- the hours that suit
    to_unit INTEGER NOT NULL CHECK (to_unit BETWEEN 1 AND 96),
    first_day TEXT NOT NULL,
    last_day TEXT, -- NULL: until further notice
    urgency TEXT NOT NULL CHECK (urgency IN ('low', 'normal', 'high')),
    note TEXT,
    asked_at INTEGER NOT NULL,
    asked_by INTEGER NOT NULL,
    called_at INTEGER, -- last call
    calls INTEGER NOT NULL,
    closed_at INTEGER,
    closed_by INTEGER,
    outcome TEXT, -- booked, or code of list waitingAnswer
    version INTEGER NOT NULL,
    CHECK (from_unit < to_unit)
) STRICT;

CREATE INDEX waiting_entry_of_patient ON waiting_entry (patient_id);

CREATE INDEX waiting_entry_open ON waiting_entry (clinic_id, asked_at) WHERE closed_at IS NULL;

CREATE TABLE waiting_item (
    entry_id INTEGER NOT NULL REFERENCES waiting_entry (id),
    position INTEGER NOT NULL,
    item_id INTEGER NOT NULL REFERENCES item (id),
    teeth TEXT NOT NULL, -- FDI numbers separated by commas; '' when none
    PRIMARY KEY (entry_id, position)
) STRICT, WITHOUT ROWID;
