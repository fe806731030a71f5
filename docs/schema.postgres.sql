-- Made by Scripts/schema.sh from a migrated database; a test compares it. Change the migrations, not this file.

CREATE TABLE access_event (
    lane bigint NOT NULL,
    seq bigint NOT NULL,
    at bigint NOT NULL,
    actor_id bigint NOT NULL,
    kind text NOT NULL,
    subject_kind text NOT NULL,
    subject_id bigint NOT NULL,
    patient_id bigint,
    previous_hash text NOT NULL,
    hash text NOT NULL,
    CONSTRAINT access_event_pkey PRIMARY KEY (lane, seq)
);

CREATE INDEX access_event_of_instant ON access_event USING btree (at, lane, seq);

CREATE INDEX access_event_of_patient ON access_event USING btree (patient_id, at);

CREATE TABLE access_head (
    lane bigint NOT NULL,
    seq bigint NOT NULL,
    hash text NOT NULL,
    CONSTRAINT access_head_pkey PRIMARY KEY (lane)
);

CREATE TABLE allocation (
    id bigint NOT NULL,
    receipt_id bigint NOT NULL,
    charge_line_id bigint NOT NULL,
    amount_fen bigint NOT NULL,
    CONSTRAINT allocation_pkey PRIMARY KEY (id),
    CONSTRAINT allocation_amount_fen_check CHECK ((amount_fen > 0)),
    CONSTRAINT allocation_charge_line_id_fkey FOREIGN KEY (charge_line_id) REFERENCES charge_line(id),
    CONSTRAINT allocation_receipt_id_charge_line_id_key UNIQUE (receipt_id, charge_line_id),
    CONSTRAINT allocation_receipt_id_fkey FOREIGN KEY (receipt_id) REFERENCES receipt(id)
);

CREATE INDEX allocation_of_line ON allocation USING btree (charge_line_id);

CREATE TABLE appointment (
    id bigint NOT NULL,
    clinic_id bigint NOT NULL,
    day text NOT NULL,
    start_unit bigint NOT NULL,
    units bigint NOT NULL,
    patient_id bigint NOT NULL,
    doctor_id bigint NOT NULL,
    assistant_id bigint,
    chair_id bigint,
    complaint text NOT NULL,
    channel text NOT NULL,
    desk_reason text,
    remark text,
    is_squeezed bigint NOT NULL,
    squeeze_reason text,
    rule_applied text NOT NULL,
    doctor_change_reason text,
    override_rule text,
    override_reason text,
    override_note text,
    booked_at bigint NOT NULL,
    booked_by bigint NOT NULL,
    confirmed_at bigint,
    confirmed_by bigint,
    cancelled_at bigint,
    cancelled_by bigint,
    cancel_reason text,
    cancel_side text,
    cancel_note text,
    cancel_notice_minutes bigint,
    missed_at bigint,
    missed_by bigint,
    move_count bigint NOT NULL,
    version bigint NOT NULL,
    helping_for_id bigint,
    cost_doctor_id bigint,
    CONSTRAINT appointment_pkey PRIMARY KEY (id),
    CONSTRAINT appointment_assistant_id_fkey FOREIGN KEY (assistant_id) REFERENCES staff(id),
    CONSTRAINT appointment_cancel_side_check CHECK ((cancel_side = ANY (ARRAY['patient'::text, 'clinic'::text]))),
    CONSTRAINT appointment_chair_id_fkey FOREIGN KEY (chair_id) REFERENCES chair(id),
    CONSTRAINT appointment_check CHECK (((units >= 1) AND ((start_unit + units) <= 96))),
    CONSTRAINT appointment_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id),
    CONSTRAINT appointment_cost_doctor_id_fkey FOREIGN KEY (cost_doctor_id) REFERENCES staff(id),
    CONSTRAINT appointment_doctor_id_fkey FOREIGN KEY (doctor_id) REFERENCES staff(id),
    CONSTRAINT appointment_helping_for_id_fkey FOREIGN KEY (helping_for_id) REFERENCES staff(id),
    CONSTRAINT appointment_patient_id_fkey FOREIGN KEY (patient_id) REFERENCES patient(id),
    CONSTRAINT appointment_start_unit_check CHECK (((start_unit >= 0) AND (start_unit <= 95)))
);

CREATE INDEX appointment_of_day ON appointment USING btree (clinic_id, day);

CREATE INDEX appointment_of_patient ON appointment USING btree (patient_id, day);

CREATE TABLE appointment_item (
    appointment_id bigint NOT NULL,
    position bigint NOT NULL,
    item_id bigint NOT NULL,
    teeth text NOT NULL,
    CONSTRAINT appointment_item_pkey PRIMARY KEY (appointment_id, "position"),
    CONSTRAINT appointment_item_appointment_id_fkey FOREIGN KEY (appointment_id) REFERENCES appointment(id),
    CONSTRAINT appointment_item_item_id_fkey FOREIGN KEY (item_id) REFERENCES item(id)
);

CREATE TABLE appointment_move (
    id bigint NOT NULL,
    appointment_id bigint NOT NULL,
    from_day text NOT NULL,
    from_unit bigint NOT NULL,
    from_units bigint NOT NULL,
    from_doctor_id bigint NOT NULL,
    from_chair_id bigint,
    to_day text NOT NULL,
    to_unit bigint NOT NULL,
    to_units bigint NOT NULL,
    to_doctor_id bigint NOT NULL,
    to_chair_id bigint,
    reason text NOT NULL,
    note text,
    moved_by bigint NOT NULL,
    moved_at bigint NOT NULL,
    CONSTRAINT appointment_move_pkey PRIMARY KEY (id),
    CONSTRAINT appointment_move_appointment_id_fkey FOREIGN KEY (appointment_id) REFERENCES appointment(id)
);

CREATE INDEX appointment_move_of ON appointment_move USING btree (appointment_id);

CREATE TABLE appointment_note (
    id bigint NOT NULL,
    appointment_id bigint NOT NULL,
    kind text NOT NULL,
    detail text,
    noted_by bigint NOT NULL,
    noted_at bigint NOT NULL,
    CONSTRAINT appointment_note_pkey PRIMARY KEY (id),
    CONSTRAINT appointment_note_appointment_id_fkey FOREIGN KEY (appointment_id) REFERENCES appointment(id),
    CONSTRAINT appointment_note_kind_check CHECK ((kind = ANY (ARRAY['readBack'::text, 'textCopied'::text, 'addressSent'::text, 'toldInSystem'::text, 'toldOrally'::text, 'coordinated'::text, 'late'::text, 'wishUnmet'::text, 'noNextDate'::text])))
);

CREATE INDEX appointment_note_of ON appointment_note USING btree (appointment_id);

CREATE TABLE appointment_part (
    appointment_id bigint NOT NULL,
    position bigint NOT NULL,
    kind text NOT NULL,
    resource_id bigint NOT NULL,
    offset_units bigint NOT NULL,
    units bigint NOT NULL,
    CONSTRAINT appointment_part_pkey PRIMARY KEY (appointment_id, "position"),
    CONSTRAINT appointment_part_appointment_id_fkey FOREIGN KEY (appointment_id) REFERENCES appointment(id),
    CONSTRAINT appointment_part_kind_check CHECK ((kind = ANY (ARRAY['doctor'::text, 'assistant'::text, 'device'::text]))),
    CONSTRAINT appointment_part_offset_units_check CHECK ((offset_units >= 0)),
    CONSTRAINT appointment_part_units_check CHECK ((units >= 1))
);

CREATE TABLE appointment_request (
    appointment_id bigint NOT NULL,
    clinic_id bigint NOT NULL,
    from_clinic_id bigint NOT NULL,
    asked_by bigint NOT NULL,
    asked_at bigint NOT NULL,
    answer text,
    answered_by bigint,
    answered_at bigint,
    reason text,
    CONSTRAINT appointment_request_pkey PRIMARY KEY (appointment_id),
    CONSTRAINT appointment_request_answer_check CHECK ((answer = ANY (ARRAY['confirmed'::text, 'declined'::text]))),
    CONSTRAINT appointment_request_appointment_id_fkey FOREIGN KEY (appointment_id) REFERENCES appointment(id),
    CONSTRAINT appointment_request_check CHECK (((answer IS NULL) = (answered_at IS NULL))),
    CONSTRAINT appointment_request_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id),
    CONSTRAINT appointment_request_from_clinic_id_fkey FOREIGN KEY (from_clinic_id) REFERENCES clinic(id)
);

CREATE INDEX appointment_request_from ON appointment_request USING btree (from_clinic_id, asked_at);

CREATE INDEX appointment_request_open ON appointment_request USING btree (clinic_id) WHERE (answered_at IS NULL);

CREATE TABLE assignment (
    appointment_id bigint NOT NULL,
    clinic_id bigint NOT NULL,
    rule text NOT NULL,
    doctor_id bigint NOT NULL,
    helping_for_id bigint,
    cost_doctor_id bigint,
    specialist_id bigint,
    specialist_appointment_id bigint,
    reasons text NOT NULL,
    alternatives text NOT NULL,
    decided_by bigint NOT NULL,
    decided_at bigint NOT NULL,
    CONSTRAINT assignment_pkey PRIMARY KEY (appointment_id),
    CONSTRAINT assignment_appointment_id_fkey FOREIGN KEY (appointment_id) REFERENCES appointment(id),
    CONSTRAINT assignment_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id),
    CONSTRAINT assignment_cost_doctor_id_fkey FOREIGN KEY (cost_doctor_id) REFERENCES staff(id),
    CONSTRAINT assignment_doctor_id_fkey FOREIGN KEY (doctor_id) REFERENCES staff(id),
    CONSTRAINT assignment_helping_for_id_fkey FOREIGN KEY (helping_for_id) REFERENCES staff(id),
    CONSTRAINT assignment_specialist_appointment_id_fkey FOREIGN KEY (specialist_appointment_id) REFERENCES appointment(id),
    CONSTRAINT assignment_specialist_id_fkey FOREIGN KEY (specialist_id) REFERENCES staff(id)
);

CREATE TABLE backup_run (
    id bigint NOT NULL,
    started_at bigint NOT NULL,
    finished_at bigint,
    file_name text NOT NULL,
    bytes bigint,
    problem text,
    CONSTRAINT backup_run_pkey PRIMARY KEY (id)
);

CREATE TABLE chair (
    id bigint NOT NULL,
    clinic_id bigint NOT NULL,
    room_id bigint NOT NULL,
    number bigint NOT NULL,
    name text NOT NULL,
    retired_at bigint,
    CONSTRAINT chair_pkey PRIMARY KEY (id),
    CONSTRAINT chair_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id),
    CONSTRAINT chair_clinic_id_number_key UNIQUE (clinic_id, number),
    CONSTRAINT chair_room_id_fkey FOREIGN KEY (room_id) REFERENCES room(id)
);

CREATE TABLE charge_line (
    id bigint NOT NULL,
    sheet_id bigint NOT NULL,
    position bigint NOT NULL,
    item_id bigint NOT NULL,
    item_name text NOT NULL,
    category text NOT NULL,
    teeth text NOT NULL,
    quantity bigint NOT NULL,
    list_price_fen bigint NOT NULL,
    price_fen bigint NOT NULL,
    price_reason text,
    amount_fen bigint NOT NULL,
    doctor_id bigint NOT NULL,
    paid_fen bigint DEFAULT 0 NOT NULL,
    CONSTRAINT charge_line_pkey PRIMARY KEY (id),
    CONSTRAINT charge_line_check CHECK ((amount_fen = (price_fen * quantity))),
    CONSTRAINT charge_line_check1 CHECK (((paid_fen >= 0) AND (paid_fen <= amount_fen))),
    CONSTRAINT charge_line_doctor_id_fkey FOREIGN KEY (doctor_id) REFERENCES staff(id),
    CONSTRAINT charge_line_item_id_fkey FOREIGN KEY (item_id) REFERENCES item(id),
    CONSTRAINT charge_line_list_price_fen_check CHECK ((list_price_fen >= 0)),
    CONSTRAINT charge_line_price_fen_check CHECK ((price_fen >= 0)),
    CONSTRAINT charge_line_quantity_check CHECK ((quantity >= 1)),
    CONSTRAINT charge_line_sheet_id_fkey FOREIGN KEY (sheet_id) REFERENCES charge_sheet(id),
    CONSTRAINT charge_line_sheet_id_position_key UNIQUE (sheet_id, "position")
);

CREATE TABLE charge_sheet (
    id bigint NOT NULL,
    clinic_id bigint NOT NULL,
    business_day text NOT NULL,
    visit_id bigint NOT NULL,
    patient_id bigint NOT NULL,
    doctor_id bigint NOT NULL,
    entered_by bigint NOT NULL,
    entered_at bigint NOT NULL,
    explained_by bigint,
    explained_at bigint,
    confirmed_at bigint,
    confirmed_by bigint,
    notice_by bigint,
    notice_at bigint,
    next_step text,
    next_units bigint,
    next_after_days bigint,
    next_note text,
    cancelled_at bigint,
    version bigint NOT NULL,
    owed_fen bigint DEFAULT 0 NOT NULL,
    CONSTRAINT charge_sheet_pkey PRIMARY KEY (id),
    CONSTRAINT charge_sheet_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id),
    CONSTRAINT charge_sheet_doctor_id_fkey FOREIGN KEY (doctor_id) REFERENCES staff(id),
    CONSTRAINT charge_sheet_owed_fen_check CHECK ((owed_fen >= 0)),
    CONSTRAINT charge_sheet_patient_id_fkey FOREIGN KEY (patient_id) REFERENCES patient(id),
    CONSTRAINT charge_sheet_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES visit(id)
);

CREATE INDEX charge_sheet_of_day ON charge_sheet USING btree (clinic_id, business_day);

CREATE INDEX charge_sheet_of_patient ON charge_sheet USING btree (patient_id);

CREATE UNIQUE INDEX charge_sheet_one_open ON charge_sheet USING btree (visit_id) WHERE (cancelled_at IS NULL);

CREATE INDEX charge_sheet_owed ON charge_sheet USING btree (patient_id, clinic_id) WHERE (owed_fen > 0);

CREATE TABLE clinic (
    id bigint NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    phone text NOT NULL,
    address text NOT NULL,
    time_zone text NOT NULL,
    day_starts_minute bigint NOT NULL,
    opens_unit bigint NOT NULL,
    closes_unit bigint NOT NULL,
    created_at bigint NOT NULL,
    retired_at bigint,
    CONSTRAINT clinic_pkey PRIMARY KEY (id),
    CONSTRAINT clinic_code_key UNIQUE (code)
);

CREATE TABLE clinic_day (
    id bigint NOT NULL,
    clinic_id bigint NOT NULL,
    day text NOT NULL,
    kind text NOT NULL,
    as_weekday bigint,
    name text NOT NULL,
    set_by bigint NOT NULL,
    set_at bigint NOT NULL,
    ended_at bigint,
    CONSTRAINT clinic_day_pkey PRIMARY KEY (id),
    CONSTRAINT clinic_day_as_weekday_check CHECK (((as_weekday >= 1) AND (as_weekday <= 7))),
    CONSTRAINT clinic_day_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id),
    CONSTRAINT clinic_day_kind_check CHECK ((kind = ANY (ARRAY['closed'::text, 'open'::text])))
);

CREATE UNIQUE INDEX clinic_day_one ON clinic_day USING btree (clinic_id, day) WHERE (ended_at IS NULL);

CREATE TABLE complaint (
    id bigint NOT NULL,
    clinic_id bigint NOT NULL,
    patient_id bigint NOT NULL,
    visit_id bigint,
    appointment_id bigint,
    doctor_id bigint,
    contact text NOT NULL,
    situation text NOT NULL,
    content text NOT NULL,
    channel text NOT NULL,
    level text NOT NULL,
    cause text NOT NULL,
    received_at bigint NOT NULL,
    received_by bigint NOT NULL,
    answer_by bigint NOT NULL,
    reported_at bigint,
    reported_by bigint,
    reported_to text,
    closed_at bigint,
    closed_by bigint,
    result text,
    version bigint NOT NULL,
    CONSTRAINT complaint_pkey PRIMARY KEY (id),
    CONSTRAINT complaint_appointment_id_fkey FOREIGN KEY (appointment_id) REFERENCES appointment(id),
    CONSTRAINT complaint_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id),
    CONSTRAINT complaint_doctor_id_fkey FOREIGN KEY (doctor_id) REFERENCES staff(id),
    CONSTRAINT complaint_patient_id_fkey FOREIGN KEY (patient_id) REFERENCES patient(id),
    CONSTRAINT complaint_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES visit(id)
);

CREATE INDEX complaint_of_clinic ON complaint USING btree (clinic_id, received_at);

CREATE INDEX complaint_of_patient ON complaint USING btree (patient_id, received_at);

CREATE INDEX complaint_open ON complaint USING btree (clinic_id, received_at) WHERE (closed_at IS NULL);

CREATE TABLE counter (
    clinic_id bigint NOT NULL,
    name text NOT NULL,
    value bigint NOT NULL,
    CONSTRAINT counter_pkey PRIMARY KEY (clinic_id, name)
);

CREATE TABLE deferral (
    id bigint NOT NULL,
    clinic_id bigint NOT NULL,
    patient_id bigint NOT NULL,
    item_id bigint NOT NULL,
    teeth text NOT NULL,
    doctor_id bigint,
    complaint text NOT NULL,
    note text,
    follow_up_on text NOT NULL,
    deferred_at bigint NOT NULL,
    deferred_by bigint NOT NULL,
    reopened_at bigint,
    closed_at bigint,
    closed_by bigint,
    outcome text,
    appointment_id bigint,
    version bigint NOT NULL,
    CONSTRAINT deferral_pkey PRIMARY KEY (id),
    CONSTRAINT deferral_appointment_id_fkey FOREIGN KEY (appointment_id) REFERENCES appointment(id),
    CONSTRAINT deferral_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id),
    CONSTRAINT deferral_doctor_id_fkey FOREIGN KEY (doctor_id) REFERENCES staff(id),
    CONSTRAINT deferral_item_id_fkey FOREIGN KEY (item_id) REFERENCES item(id),
    CONSTRAINT deferral_patient_id_fkey FOREIGN KEY (patient_id) REFERENCES patient(id)
);

CREATE UNIQUE INDEX deferral_one_open ON deferral USING btree (patient_id, clinic_id, item_id) WHERE (closed_at IS NULL);

CREATE INDEX deferral_open ON deferral USING btree (clinic_id, item_id) WHERE (closed_at IS NULL);

CREATE TABLE device (
    id bigint NOT NULL,
    clinic_id bigint NOT NULL,
    room_id bigint,
    kind text NOT NULL,
    name text NOT NULL,
    added_at bigint NOT NULL,
    retired_at bigint,
    CONSTRAINT device_pkey PRIMARY KEY (id),
    CONSTRAINT device_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id),
    CONSTRAINT device_room_id_fkey FOREIGN KEY (room_id) REFERENCES room(id)
);

CREATE INDEX device_of_clinic ON device USING btree (clinic_id);

CREATE TABLE displaced_booking (
    id bigint NOT NULL,
    appointment_id bigint NOT NULL,
    clinic_id bigint NOT NULL,
    doctor_id bigint NOT NULL,
    day text NOT NULL,
    cause text NOT NULL,
    found_at bigint NOT NULL,
    settled_at bigint,
    settled_by bigint,
    settled_how text,
    CONSTRAINT displaced_booking_pkey PRIMARY KEY (id),
    CONSTRAINT displaced_booking_appointment_id_fkey FOREIGN KEY (appointment_id) REFERENCES appointment(id),
    CONSTRAINT displaced_booking_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id),
    CONSTRAINT displaced_booking_doctor_id_fkey FOREIGN KEY (doctor_id) REFERENCES staff(id),
    CONSTRAINT displaced_booking_settled_how_check CHECK ((settled_how = ANY (ARRAY['moved'::text, 'reassigned'::text, 'cancelled'::text, 'missed'::text, 'arrived'::text, 'restored'::text])))
);

CREATE INDEX displaced_booking_of_clinic ON displaced_booking USING btree (clinic_id, day);

CREATE UNIQUE INDEX displaced_booking_one ON displaced_booking USING btree (appointment_id) WHERE (settled_at IS NULL);

CREATE TABLE doctor_call (
    id bigint NOT NULL,
    clinic_id bigint NOT NULL,
    doctor_id bigint NOT NULL,
    day text NOT NULL,
    called_at bigint NOT NULL,
    called_by bigint NOT NULL,
    result text NOT NULL,
    note text,
    CONSTRAINT doctor_call_pkey PRIMARY KEY (id),
    CONSTRAINT doctor_call_called_by_fkey FOREIGN KEY (called_by) REFERENCES staff(id),
    CONSTRAINT doctor_call_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id),
    CONSTRAINT doctor_call_doctor_id_fkey FOREIGN KEY (doctor_id) REFERENCES staff(id)
);

CREATE INDEX doctor_call_of_day ON doctor_call USING btree (clinic_id, day);

CREATE TABLE doctor_profile (
    staff_id bigint NOT NULL,
    born_on text,
    specialties text NOT NULL,
    familiar_with text NOT NULL,
    started_on text,
    takes_rotation bigint NOT NULL,
    version bigint NOT NULL,
    CONSTRAINT doctor_profile_pkey PRIMARY KEY (staff_id),
    CONSTRAINT doctor_profile_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(id),
    CONSTRAINT doctor_profile_takes_rotation_check CHECK ((takes_rotation = ANY (ARRAY[(0)::bigint, (1)::bigint])))
);

CREATE TABLE epidemic_item (
    clinic_id bigint NOT NULL,
    item_id bigint NOT NULL,
    is_suspended bigint NOT NULL,
    set_at bigint NOT NULL,
    set_by bigint NOT NULL,
    CONSTRAINT epidemic_item_pkey PRIMARY KEY (clinic_id, item_id),
    CONSTRAINT epidemic_item_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id),
    CONSTRAINT epidemic_item_is_suspended_check CHECK ((is_suspended = ANY (ARRAY[(0)::bigint, (1)::bigint]))),
    CONSTRAINT epidemic_item_item_id_fkey FOREIGN KEY (item_id) REFERENCES item(id)
);

CREATE TABLE event (
    lane bigint NOT NULL,
    seq bigint NOT NULL,
    at bigint NOT NULL,
    actor_id bigint NOT NULL,
    kind text NOT NULL,
    subject_kind text NOT NULL,
    subject_id bigint NOT NULL,
    patient_id bigint,
    command_id text,
    payload text NOT NULL,
    payload_hash text NOT NULL,
    previous_hash text NOT NULL,
    hash text NOT NULL,
    CONSTRAINT event_pkey PRIMARY KEY (lane, seq)
);

CREATE UNIQUE INDEX event_command ON event USING btree (command_id) WHERE (command_id IS NOT NULL);

CREATE INDEX event_of_instant ON event USING btree (at, lane, seq);

CREATE INDEX event_of_patient ON event USING btree (patient_id, at) WHERE (patient_id IS NOT NULL);

CREATE INDEX event_of_subject ON event USING btree (subject_kind, subject_id);

CREATE TABLE event_head (
    lane bigint NOT NULL,
    seq bigint NOT NULL,
    hash text NOT NULL,
    CONSTRAINT event_head_pkey PRIMARY KEY (lane)
);

CREATE TABLE expected_visit (
    id bigint NOT NULL,
    clinic_id bigint NOT NULL,
    patient_id bigint NOT NULL,
    expected_on text NOT NULL,
    note text,
    recorded_by bigint NOT NULL,
    recorded_at bigint NOT NULL,
    outcome text,
    ended_by bigint,
    ended_at bigint,
    CONSTRAINT expected_visit_pkey PRIMARY KEY (id),
    CONSTRAINT expected_visit_check CHECK (((outcome IS NULL) = (ended_at IS NULL))),
    CONSTRAINT expected_visit_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id),
    CONSTRAINT expected_visit_outcome_check CHECK ((outcome = ANY (ARRAY['came'::text, 'booked'::text, 'dropped'::text]))),
    CONSTRAINT expected_visit_patient_id_fkey FOREIGN KEY (patient_id) REFERENCES patient(id)
);

CREATE INDEX expected_visit_of_day ON expected_visit USING btree (clinic_id, expected_on);

CREATE INDEX expected_visit_of_patient ON expected_visit USING btree (patient_id);

CREATE TABLE idempotency (
    lane bigint NOT NULL,
    key text NOT NULL,
    body_hash text NOT NULL,
    response text NOT NULL,
    created_at bigint NOT NULL,
    CONSTRAINT idempotency_pkey PRIMARY KEY (lane, key)
);

CREATE TABLE item (
    id bigint NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    item_group text,
    measure text,
    category text NOT NULL,
    units bigint NOT NULL,
    size text NOT NULL,
    urgency text NOT NULL,
    is_pneumatic bigint NOT NULL,
    is_operation bigint NOT NULL,
    has_reaction bigint NOT NULL,
    calls_same_day bigint NOT NULL,
    is_per_tooth bigint NOT NULL,
    is_xray bigint NOT NULL,
    is_impression bigint NOT NULL,
    needs_dispensing bigint NOT NULL,
    is_retail bigint NOT NULL,
    warranty_months bigint NOT NULL,
    sort_rank bigint NOT NULL,
    retired_at bigint,
    CONSTRAINT item_pkey PRIMARY KEY (id),
    CONSTRAINT item_category_check CHECK ((category = ANY (ARRAY['orthodontic'::text, 'treatment'::text, 'fabrication'::text, 'scaling'::text, 'device'::text, 'registration'::text]))),
    CONSTRAINT item_code_key UNIQUE (code),
    CONSTRAINT item_size_check CHECK ((size = ANY (ARRAY['big'::text, 'small'::text]))),
    CONSTRAINT item_units_check CHECK ((units >= 0))
);

CREATE TABLE item_price (
    id bigint NOT NULL,
    item_id bigint NOT NULL,
    clinic_id bigint NOT NULL,
    valid_from text NOT NULL,
    price_fen bigint NOT NULL,
    set_by bigint NOT NULL,
    set_at bigint NOT NULL,
    CONSTRAINT item_price_pkey PRIMARY KEY (id),
    CONSTRAINT item_price_item_id_clinic_id_valid_from_key UNIQUE (item_id, clinic_id, valid_from),
    CONSTRAINT item_price_item_id_fkey FOREIGN KEY (item_id) REFERENCES item(id),
    CONSTRAINT item_price_price_fen_check CHECK ((price_fen >= 0))
);

CREATE TABLE job_lease (
    name text NOT NULL,
    holder text NOT NULL,
    expires_at bigint NOT NULL,
    last_done_at bigint,
    CONSTRAINT job_lease_pkey PRIMARY KEY (name)
);

CREATE TABLE movement (
    id bigint NOT NULL,
    clinic_id bigint NOT NULL,
    visit_id bigint NOT NULL,
    chair_id bigint NOT NULL,
    person text NOT NULL,
    entered_at bigint NOT NULL,
    entered_by bigint NOT NULL,
    handed_to_id bigint,
    alerts_spoken_at bigint,
    nearly_done_at bigint,
    exited_at bigint,
    exited_by bigint,
    exit_recorded_at bigint,
    cleaned_at bigint,
    CONSTRAINT movement_pkey PRIMARY KEY (id),
    CONSTRAINT movement_chair_id_fkey FOREIGN KEY (chair_id) REFERENCES chair(id),
    CONSTRAINT movement_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id),
    CONSTRAINT movement_handed_to_id_fkey FOREIGN KEY (handed_to_id) REFERENCES staff(id),
    CONSTRAINT movement_person_check CHECK ((person = ANY (ARRAY['patient'::text, 'companion'::text]))),
    CONSTRAINT movement_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES visit(id)
);

CREATE INDEX movement_of_chair ON movement USING btree (chair_id, entered_at);

CREATE INDEX movement_of_visit ON movement USING btree (visit_id);

CREATE UNIQUE INDEX movement_one_in_chair ON movement USING btree (chair_id) WHERE ((exited_at IS NULL) AND (person = 'patient'::text));

CREATE TABLE online_form (
    id bigint NOT NULL,
    clinic_id bigint NOT NULL,
    hold_id bigint NOT NULL,
    need text NOT NULL,
    day text NOT NULL,
    start_unit bigint NOT NULL,
    units bigint NOT NULL,
    doctor_id bigint NOT NULL,
    chair_id bigint,
    address_hash text NOT NULL,
    started_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    started_day text NOT NULL,
    language text NOT NULL,
    phone_hash text,
    answers text,
    submitted_at bigint,
    appointment_id bigint,
    patient_id bigint,
    settled_at bigint,
    settled_by bigint,
    outcome text,
    known_as bigint,
    CONSTRAINT online_form_pkey PRIMARY KEY (id),
    CONSTRAINT online_form_appointment_id_fkey FOREIGN KEY (appointment_id) REFERENCES appointment(id),
    CONSTRAINT online_form_chair_id_fkey FOREIGN KEY (chair_id) REFERENCES chair(id),
    CONSTRAINT online_form_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id),
    CONSTRAINT online_form_doctor_id_fkey FOREIGN KEY (doctor_id) REFERENCES staff(id),
    CONSTRAINT online_form_hold_id_key UNIQUE (hold_id),
    CONSTRAINT online_form_known_as_fkey FOREIGN KEY (known_as) REFERENCES patient(id),
    CONSTRAINT online_form_outcome_check CHECK ((outcome = ANY (ARRAY['new'::text, 'merged'::text, 'refused'::text]))),
    CONSTRAINT online_form_patient_id_fkey FOREIGN KEY (patient_id) REFERENCES patient(id)
);

CREATE INDEX online_form_of_appointment ON online_form USING btree (appointment_id);

CREATE INDEX online_form_of_day ON online_form USING btree (started_day, address_hash);

CREATE INDEX online_form_of_patient ON online_form USING btree (patient_id);

CREATE TABLE organisation (
    id bigint NOT NULL,
    name text NOT NULL,
    is_demo bigint NOT NULL,
    key_fingerprint text NOT NULL,
    recovery_confirmed_at bigint,
    created_at bigint NOT NULL,
    CONSTRAINT organisation_pkey PRIMARY KEY (id),
    CONSTRAINT organisation_id_check CHECK ((id = 1)),
    CONSTRAINT organisation_is_demo_check CHECK ((is_demo = ANY (ARRAY[(0)::bigint, (1)::bigint])))
);

CREATE TABLE patient (
    id bigint NOT NULL,
    home_clinic_id bigint NOT NULL,
    record_no text NOT NULL,
    name text NOT NULL,
    pinyin text NOT NULL,
    gender text NOT NULL,
    born_on text,
    stated_age bigint,
    stated_age_on text,
    salutation text,
    phone text,
    phone_missing_reason text,
    phone_confirmed_at bigint,
    address text,
    document_kind text,
    document_cipher text,
    document_hash text,
    document_masked text,
    source_channel text,
    referrer_id bigint,
    household_id bigint,
    complaint text NOT NULL,
    condition_note text,
    remark text,
    registered_at bigint NOT NULL,
    registered_by bigint NOT NULL,
    merged_into_id bigint,
    version bigint NOT NULL,
    document_place bigint DEFAULT 0 NOT NULL,
    CONSTRAINT patient_pkey PRIMARY KEY (id),
    CONSTRAINT patient_check CHECK (((born_on IS NOT NULL) OR (stated_age IS NOT NULL))),
    CONSTRAINT patient_check1 CHECK (((phone IS NOT NULL) OR (phone_missing_reason IS NOT NULL))),
    CONSTRAINT patient_document_place_check CHECK ((document_place >= 0)),
    CONSTRAINT patient_gender_check CHECK ((gender = ANY (ARRAY['male'::text, 'female'::text, 'unknown'::text]))),
    CONSTRAINT patient_home_clinic_id_fkey FOREIGN KEY (home_clinic_id) REFERENCES clinic(id),
    CONSTRAINT patient_merged_into_id_fkey FOREIGN KEY (merged_into_id) REFERENCES patient(id),
    CONSTRAINT patient_record_no_key UNIQUE (record_no),
    CONSTRAINT patient_referrer_id_fkey FOREIGN KEY (referrer_id) REFERENCES patient(id)
);

CREATE UNIQUE INDEX patient_document_place ON patient USING btree (document_hash, document_place) WHERE (document_hash IS NOT NULL);

CREATE INDEX patient_household ON patient USING btree (household_id) WHERE (household_id IS NOT NULL);

CREATE INDEX patient_name_birth ON patient USING btree (name, born_on);

CREATE INDEX patient_phone ON patient USING btree (phone);

CREATE INDEX patient_referrer ON patient USING btree (referrer_id) WHERE (referrer_id IS NOT NULL);

CREATE INDEX patient_registered ON patient USING btree (registered_at);

CREATE TABLE patient_alert (
    id bigint NOT NULL,
    patient_id bigint NOT NULL,
    code text NOT NULL,
    note text,
    is_special bigint NOT NULL,
    recorded_by bigint NOT NULL,
    recorded_at bigint NOT NULL,
    ended_by bigint,
    ended_at bigint,
    CONSTRAINT patient_alert_pkey PRIMARY KEY (id),
    CONSTRAINT patient_alert_patient_id_fkey FOREIGN KEY (patient_id) REFERENCES patient(id)
);

CREATE INDEX patient_alert_of_patient ON patient_alert USING btree (patient_id);

CREATE TABLE patient_change (
    id bigint NOT NULL,
    patient_id bigint NOT NULL,
    field text NOT NULL,
    old_value text,
    new_value text,
    changed_by bigint NOT NULL,
    changed_at bigint NOT NULL,
    occasion text NOT NULL,
    CONSTRAINT patient_change_pkey PRIMARY KEY (id),
    CONSTRAINT patient_change_patient_id_fkey FOREIGN KEY (patient_id) REFERENCES patient(id)
);

CREATE INDEX patient_change_of_patient ON patient_change USING btree (patient_id, changed_at);

CREATE TABLE patient_consent (
    id bigint NOT NULL,
    patient_id bigint NOT NULL,
    kind text NOT NULL,
    notice_version text NOT NULL,
    notice_hash text NOT NULL,
    guardian_name text,
    guardian_phone text,
    given_at bigint NOT NULL,
    recorded_by bigint NOT NULL,
    withdrawn_at bigint,
    withdrawn_by bigint,
    CONSTRAINT patient_consent_pkey PRIMARY KEY (id),
    CONSTRAINT patient_consent_kind_check CHECK ((kind = ANY (ARRAY['privacy'::text, 'health'::text, 'marketing'::text, 'photo'::text]))),
    CONSTRAINT patient_consent_patient_id_fkey FOREIGN KEY (patient_id) REFERENCES patient(id)
);

CREATE INDEX patient_consent_of_patient ON patient_consent USING btree (patient_id);

CREATE TABLE patient_level (
    patient_id bigint NOT NULL,
    level bigint NOT NULL,
    reason text NOT NULL,
    set_by bigint NOT NULL,
    set_at bigint NOT NULL,
    CONSTRAINT patient_level_pkey PRIMARY KEY (patient_id),
    CONSTRAINT patient_level_level_check CHECK (((level >= 0) AND (level <= 3))),
    CONSTRAINT patient_level_patient_id_fkey FOREIGN KEY (patient_id) REFERENCES patient(id)
);

CREATE TABLE patient_term (
    term text NOT NULL,
    patient_id bigint NOT NULL,
    CONSTRAINT patient_term_pkey PRIMARY KEY (term, patient_id),
    CONSTRAINT patient_term_patient_id_fkey FOREIGN KEY (patient_id) REFERENCES patient(id)
);

CREATE INDEX patient_term_of_patient ON patient_term USING btree (patient_id);

CREATE TABLE patient_wish (
    id bigint NOT NULL,
    patient_id bigint NOT NULL,
    kind text NOT NULL,
    value text NOT NULL,
    is_hard bigint NOT NULL,
    recorded_by bigint NOT NULL,
    recorded_at bigint NOT NULL,
    ended_at bigint,
    CONSTRAINT patient_wish_pkey PRIMARY KEY (id),
    CONSTRAINT patient_wish_kind_check CHECK ((kind = ANY (ARRAY['doctorGender'::text, 'doctorAge'::text, 'doctorTitle'::text, 'other'::text]))),
    CONSTRAINT patient_wish_patient_id_fkey FOREIGN KEY (patient_id) REFERENCES patient(id)
);

CREATE INDEX patient_wish_of_patient ON patient_wish USING btree (patient_id);

CREATE TABLE payment (
    id bigint NOT NULL,
    receipt_id bigint NOT NULL,
    position bigint NOT NULL,
    method text NOT NULL,
    amount_fen bigint NOT NULL,
    card_type text,
    card_last4 text,
    reference text,
    CONSTRAINT payment_pkey PRIMARY KEY (id),
    CONSTRAINT payment_amount_fen_check CHECK ((amount_fen > 0)),
    CONSTRAINT payment_method_check CHECK ((method = ANY (ARRAY['cash'::text, 'wechat'::text, 'alipay'::text, 'bankCard'::text]))),
    CONSTRAINT payment_receipt_id_fkey FOREIGN KEY (receipt_id) REFERENCES receipt(id),
    CONSTRAINT payment_receipt_id_position_key UNIQUE (receipt_id, "position")
);

CREATE TABLE playbook_override (
    id bigint NOT NULL,
    scope_clinic_id bigint NOT NULL,
    kind text NOT NULL,
    key text NOT NULL,
    value text NOT NULL,
    shipped_value text NOT NULL,
    reason text,
    set_by bigint NOT NULL,
    set_at bigint NOT NULL,
    ended_at bigint,
    CONSTRAINT playbook_override_pkey PRIMARY KEY (id)
);

CREATE UNIQUE INDEX playbook_override_one ON playbook_override USING btree (scope_clinic_id, kind, key) WHERE (ended_at IS NULL);

CREATE TABLE public_link (
    id bigint NOT NULL,
    token_hash text NOT NULL,
    purpose text NOT NULL,
    subject_id bigint NOT NULL,
    clinic_id bigint NOT NULL,
    issued_at bigint NOT NULL,
    issued_by bigint NOT NULL,
    expires_at bigint,
    used_at bigint,
    revoked_at bigint,
    revoked_by bigint,
    CONSTRAINT public_link_pkey PRIMARY KEY (id),
    CONSTRAINT public_link_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id),
    CONSTRAINT public_link_purpose_check CHECK ((purpose = ANY (ARRAY['appointment'::text, 'hold'::text, 'calendar'::text]))),
    CONSTRAINT public_link_token_hash_key UNIQUE (token_hash)
);

CREATE INDEX public_link_of_subject ON public_link USING btree (purpose, subject_id);

CREATE TABLE queue_ticket (
    id bigint NOT NULL,
    clinic_id bigint NOT NULL,
    business_day text NOT NULL,
    visit_id bigint NOT NULL,
    number bigint NOT NULL,
    rank_reason text,
    issued_at bigint NOT NULL,
    called_at bigint,
    call_count bigint NOT NULL,
    called_chair_id bigint,
    skipped_at bigint,
    closed_at bigint,
    version bigint NOT NULL,
    CONSTRAINT queue_ticket_pkey PRIMARY KEY (id),
    CONSTRAINT queue_ticket_called_chair_id_fkey FOREIGN KEY (called_chair_id) REFERENCES chair(id),
    CONSTRAINT queue_ticket_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id),
    CONSTRAINT queue_ticket_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES visit(id)
);

CREATE UNIQUE INDEX queue_ticket_number ON queue_ticket USING btree (clinic_id, business_day, number);

CREATE UNIQUE INDEX queue_ticket_one_open ON queue_ticket USING btree (visit_id) WHERE (closed_at IS NULL);

CREATE TABLE receipt (
    id bigint NOT NULL,
    clinic_id bigint NOT NULL,
    number bigint NOT NULL,
    business_day text NOT NULL,
    issued_at bigint NOT NULL,
    patient_id bigint NOT NULL,
    visit_id bigint,
    sheet_id bigint,
    doctor_id bigint NOT NULL,
    cashier_id bigint NOT NULL,
    list_fen bigint NOT NULL,
    receivable_fen bigint NOT NULL,
    received_fen bigint NOT NULL,
    arrears_fen bigint NOT NULL,
    tendered_fen bigint,
    change_fen bigint,
    voided_at bigint,
    CONSTRAINT receipt_pkey PRIMARY KEY (id),
    CONSTRAINT receipt_arrears_fen_check CHECK ((arrears_fen >= 0)),
    CONSTRAINT receipt_cashier_id_fkey FOREIGN KEY (cashier_id) REFERENCES staff(id),
    CONSTRAINT receipt_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id),
    CONSTRAINT receipt_clinic_id_number_key UNIQUE (clinic_id, number),
    CONSTRAINT receipt_doctor_id_fkey FOREIGN KEY (doctor_id) REFERENCES staff(id),
    CONSTRAINT receipt_patient_id_fkey FOREIGN KEY (patient_id) REFERENCES patient(id),
    CONSTRAINT receipt_received_fen_check CHECK ((received_fen > 0)),
    CONSTRAINT receipt_sheet_id_fkey FOREIGN KEY (sheet_id) REFERENCES charge_sheet(id),
    CONSTRAINT receipt_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES visit(id)
);

CREATE INDEX receipt_of_day ON receipt USING btree (clinic_id, business_day);

CREATE INDEX receipt_of_patient ON receipt USING btree (patient_id);

CREATE TABLE receipt_print (
    id bigint NOT NULL,
    receipt_id bigint NOT NULL,
    copy bigint NOT NULL,
    layout text NOT NULL,
    printed_by bigint NOT NULL,
    printed_at bigint NOT NULL,
    CONSTRAINT receipt_print_pkey PRIMARY KEY (id),
    CONSTRAINT receipt_print_layout_check CHECK ((layout = ANY (ARRAY['80mm'::text, 'a5'::text]))),
    CONSTRAINT receipt_print_receipt_id_copy_key UNIQUE (receipt_id, copy),
    CONSTRAINT receipt_print_receipt_id_fkey FOREIGN KEY (receipt_id) REFERENCES receipt(id)
);

CREATE TABLE resource_unit (
    kind text NOT NULL,
    resource_id bigint NOT NULL,
    day text NOT NULL,
    unit bigint NOT NULL,
    place bigint NOT NULL,
    holder_kind text NOT NULL,
    holder_id bigint NOT NULL,
    clinic_id bigint NOT NULL,
    expires_at bigint,
    CONSTRAINT resource_unit_pkey PRIMARY KEY (kind, resource_id, day, unit, place),
    CONSTRAINT resource_unit_holder_kind_check CHECK ((holder_kind = ANY (ARRAY['appointment'::text, 'block'::text, 'hold'::text]))),
    CONSTRAINT resource_unit_kind_check CHECK ((kind = ANY (ARRAY['doctor'::text, 'assistant'::text, 'chair'::text, 'device'::text, 'patient'::text]))),
    CONSTRAINT resource_unit_unit_check CHECK (((unit >= 0) AND (unit <= 95)))
);

CREATE INDEX resource_unit_expiring ON resource_unit USING btree (clinic_id, expires_at) WHERE (expires_at IS NOT NULL);

CREATE INDEX resource_unit_of_holder ON resource_unit USING btree (holder_kind, holder_id);

CREATE TABLE role_grant (
    id bigint NOT NULL,
    staff_id bigint NOT NULL,
    clinic_id bigint NOT NULL,
    role text NOT NULL,
    granted_by bigint NOT NULL,
    granted_at bigint NOT NULL,
    revoked_at bigint,
    CONSTRAINT role_grant_pkey PRIMARY KEY (id),
    CONSTRAINT role_grant_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(id)
);

CREATE UNIQUE INDEX role_grant_one ON role_grant USING btree (staff_id, clinic_id, role) WHERE (revoked_at IS NULL);

CREATE TABLE room (
    id bigint NOT NULL,
    clinic_id bigint NOT NULL,
    number bigint NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    retired_at bigint,
    CONSTRAINT room_pkey PRIMARY KEY (id),
    CONSTRAINT room_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id),
    CONSTRAINT room_clinic_id_number_key UNIQUE (clinic_id, number),
    CONSTRAINT room_kind_check CHECK ((kind = ANY (ARRAY['treatment'::text, 'communication'::text])))
);

CREATE TABLE roster_exception (
    id bigint NOT NULL,
    staff_id bigint NOT NULL,
    clinic_id bigint NOT NULL,
    day text NOT NULL,
    kind text NOT NULL,
    start_unit bigint,
    end_unit bigint,
    chair_id bigint,
    reason text,
    set_by bigint NOT NULL,
    set_at bigint NOT NULL,
    ended_at bigint,
    duty text,
    room_id bigint,
    CONSTRAINT roster_exception_pkey PRIMARY KEY (id),
    CONSTRAINT roster_exception_chair_id_fkey FOREIGN KEY (chair_id) REFERENCES chair(id),
    CONSTRAINT roster_exception_check CHECK ((((kind = 'rest'::text) AND (start_unit IS NULL)) OR ((kind = 'work'::text) AND (start_unit < end_unit)))),
    CONSTRAINT roster_exception_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id),
    CONSTRAINT roster_exception_kind_check CHECK ((kind = ANY (ARRAY['rest'::text, 'work'::text]))),
    CONSTRAINT roster_exception_room_id_fkey FOREIGN KEY (room_id) REFERENCES room(id),
    CONSTRAINT roster_exception_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(id)
);

CREATE INDEX roster_exception_of_day ON roster_exception USING btree (clinic_id, day);

CREATE TABLE roster_request (
    id bigint NOT NULL,
    clinic_id bigint NOT NULL,
    staff_id bigint NOT NULL,
    kind text NOT NULL,
    reason text NOT NULL,
    note text,
    first_day text NOT NULL,
    last_day text NOT NULL,
    start_unit bigint,
    end_unit bigint,
    colleague_id bigint,
    agreed_at bigint,
    asked_at bigint NOT NULL,
    decided_at bigint,
    decided_by bigint,
    decision text,
    decision_note text,
    withdrawn_at bigint,
    version bigint NOT NULL,
    CONSTRAINT roster_request_pkey PRIMARY KEY (id),
    CONSTRAINT roster_request_check CHECK (((first_day <= last_day) OR (kind = 'swap'::text))),
    CONSTRAINT roster_request_check1 CHECK (((kind = 'swap'::text) = (colleague_id IS NOT NULL))),
    CONSTRAINT roster_request_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id),
    CONSTRAINT roster_request_colleague_id_fkey FOREIGN KEY (colleague_id) REFERENCES staff(id),
    CONSTRAINT roster_request_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES staff(id),
    CONSTRAINT roster_request_decision_check CHECK ((decision = ANY (ARRAY['approved'::text, 'refused'::text]))),
    CONSTRAINT roster_request_kind_check CHECK ((kind = ANY (ARRAY['leave'::text, 'swap'::text]))),
    CONSTRAINT roster_request_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(id)
);

CREATE INDEX roster_request_of_clinic ON roster_request USING btree (clinic_id, first_day);

CREATE INDEX roster_request_of_staff ON roster_request USING btree (staff_id, asked_at);

CREATE TABLE roster_shift (
    id bigint NOT NULL,
    staff_id bigint NOT NULL,
    clinic_id bigint NOT NULL,
    weekday bigint NOT NULL,
    start_unit bigint NOT NULL,
    end_unit bigint NOT NULL,
    chair_id bigint,
    valid_from text NOT NULL,
    valid_to text,
    duty text,
    room_id bigint,
    CONSTRAINT roster_shift_pkey PRIMARY KEY (id),
    CONSTRAINT roster_shift_chair_id_fkey FOREIGN KEY (chair_id) REFERENCES chair(id),
    CONSTRAINT roster_shift_check CHECK ((start_unit < end_unit)),
    CONSTRAINT roster_shift_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id),
    CONSTRAINT roster_shift_room_id_fkey FOREIGN KEY (room_id) REFERENCES room(id),
    CONSTRAINT roster_shift_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(id),
    CONSTRAINT roster_shift_weekday_check CHECK (((weekday >= 1) AND (weekday <= 7)))
);

CREATE INDEX roster_shift_of_clinic ON roster_shift USING btree (clinic_id, weekday);

CREATE TABLE rotation_balance (
    clinic_id bigint NOT NULL,
    doctor_id bigint NOT NULL,
    credit bigint NOT NULL,
    taken bigint NOT NULL,
    CONSTRAINT rotation_balance_pkey PRIMARY KEY (clinic_id, doctor_id),
    CONSTRAINT rotation_balance_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id),
    CONSTRAINT rotation_balance_doctor_id_fkey FOREIGN KEY (doctor_id) REFERENCES staff(id)
);

CREATE TABLE rotation_turn (
    id bigint NOT NULL,
    clinic_id bigint NOT NULL,
    doctor_id bigint NOT NULL,
    kind text NOT NULL,
    day text NOT NULL,
    appointment_id bigint,
    credit bigint NOT NULL,
    reason text NOT NULL,
    recorded_by bigint NOT NULL,
    recorded_at bigint NOT NULL,
    CONSTRAINT rotation_turn_pkey PRIMARY KEY (id),
    CONSTRAINT rotation_turn_appointment_id_fkey FOREIGN KEY (appointment_id) REFERENCES appointment(id),
    CONSTRAINT rotation_turn_check CHECK (((kind = 'calibrated'::text) OR (appointment_id IS NOT NULL))),
    CONSTRAINT rotation_turn_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id),
    CONSTRAINT rotation_turn_doctor_id_fkey FOREIGN KEY (doctor_id) REFERENCES staff(id),
    CONSTRAINT rotation_turn_kind_check CHECK ((kind = ANY (ARRAY['taken'::text, 'skipped'::text, 'returned'::text, 'calibrated'::text])))
);

CREATE INDEX rotation_turn_of_appointment ON rotation_turn USING btree (appointment_id);

CREATE INDEX rotation_turn_of_clinic ON rotation_turn USING btree (clinic_id, recorded_at);

CREATE INDEX rotation_turn_of_day ON rotation_turn USING btree (clinic_id, day);

CREATE TABLE schedule_block (
    id bigint NOT NULL,
    clinic_id bigint NOT NULL,
    kind text NOT NULL,
    resource_id bigint NOT NULL,
    day text NOT NULL,
    start_unit bigint NOT NULL,
    units bigint NOT NULL,
    reason text NOT NULL,
    set_by bigint NOT NULL,
    set_at bigint NOT NULL,
    ended_at bigint,
    CONSTRAINT schedule_block_pkey PRIMARY KEY (id),
    CONSTRAINT schedule_block_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id),
    CONSTRAINT schedule_block_kind_check CHECK ((kind = ANY (ARRAY['doctor'::text, 'assistant'::text, 'chair'::text, 'device'::text]))),
    CONSTRAINT schedule_block_units_check CHECK ((units >= 1))
);

CREATE INDEX schedule_block_of_day ON schedule_block USING btree (clinic_id, day);

CREATE TABLE schema_migration (
    id text NOT NULL,
    applied_at bigint NOT NULL,
    CONSTRAINT schema_migration_pkey PRIMARY KEY (id)
);

CREATE TABLE screening (
    id bigint NOT NULL,
    clinic_id bigint NOT NULL,
    patient_id bigint NOT NULL,
    appointment_id bigint,
    channel text NOT NULL,
    concerns bigint NOT NULL,
    reminded_at bigint,
    answered_at bigint NOT NULL,
    recorded_by bigint NOT NULL,
    CONSTRAINT screening_pkey PRIMARY KEY (id),
    CONSTRAINT screening_appointment_id_fkey FOREIGN KEY (appointment_id) REFERENCES appointment(id),
    CONSTRAINT screening_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id),
    CONSTRAINT screening_patient_id_fkey FOREIGN KEY (patient_id) REFERENCES patient(id)
);

CREATE INDEX screening_of_appointment ON screening USING btree (appointment_id);

CREATE INDEX screening_of_patient ON screening USING btree (patient_id, answered_at);

CREATE TABLE screening_answer (
    screening_id bigint NOT NULL,
    question text NOT NULL,
    is_yes bigint NOT NULL,
    CONSTRAINT screening_answer_pkey PRIMARY KEY (screening_id, question),
    CONSTRAINT screening_answer_is_yes_check CHECK ((is_yes = ANY (ARRAY[(0)::bigint, (1)::bigint]))),
    CONSTRAINT screening_answer_screening_id_fkey FOREIGN KEY (screening_id) REFERENCES screening(id)
);

CREATE TABLE session (
    token_hash text NOT NULL,
    staff_id bigint NOT NULL,
    clinic_id bigint NOT NULL,
    csrf text NOT NULL,
    device text NOT NULL,
    created_at bigint NOT NULL,
    last_seen_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    locked_at bigint,
    revoked_at bigint,
    CONSTRAINT session_pkey PRIMARY KEY (token_hash),
    CONSTRAINT session_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id),
    CONSTRAINT session_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(id)
);

CREATE INDEX session_of_staff ON session USING btree (staff_id);

CREATE TABLE staff (
    id bigint NOT NULL,
    employee_no text NOT NULL,
    name text NOT NULL,
    pinyin text NOT NULL,
    gender text NOT NULL,
    title text,
    phone text,
    login_name text NOT NULL,
    password_hash text,
    pin_hash text,
    failed_sign_ins bigint NOT NULL,
    failed_pins bigint NOT NULL,
    locked_until bigint,
    must_change_password bigint NOT NULL,
    is_doctor bigint NOT NULL,
    specialty text,
    room_id bigint,
    chair_id bigint,
    direct_superior_id bigint,
    created_at bigint NOT NULL,
    disabled_at bigint,
    version bigint NOT NULL,
    CONSTRAINT staff_pkey PRIMARY KEY (id),
    CONSTRAINT staff_chair_id_fkey FOREIGN KEY (chair_id) REFERENCES chair(id),
    CONSTRAINT staff_direct_superior_id_fkey FOREIGN KEY (direct_superior_id) REFERENCES staff(id),
    CONSTRAINT staff_employee_no_key UNIQUE (employee_no),
    CONSTRAINT staff_gender_check CHECK ((gender = ANY (ARRAY['male'::text, 'female'::text, 'unknown'::text]))),
    CONSTRAINT staff_login_name_key UNIQUE (login_name),
    CONSTRAINT staff_room_id_fkey FOREIGN KEY (room_id) REFERENCES room(id)
);

CREATE TABLE task (
    id bigint NOT NULL,
    clinic_id bigint NOT NULL,
    key text NOT NULL,
    rule text NOT NULL,
    subject_kind text NOT NULL,
    subject_id bigint NOT NULL,
    patient_id bigint,
    owner_role text NOT NULL,
    owner_id bigint,
    reason text NOT NULL,
    channel text NOT NULL,
    script text,
    due_day text NOT NULL,
    due_from bigint NOT NULL,
    due_at bigint NOT NULL,
    attempts bigint NOT NULL,
    next_try_at bigint,
    created_at bigint NOT NULL,
    done_at bigint,
    done_by bigint,
    outcome text,
    outcome_note text,
    withdrawn_at bigint,
    withdrawn_cause text,
    escalated_at bigint,
    escalated_role text,
    version bigint NOT NULL,
    CONSTRAINT task_pkey PRIMARY KEY (id),
    CONSTRAINT task_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id),
    CONSTRAINT task_key_key UNIQUE (key),
    CONSTRAINT task_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES staff(id),
    CONSTRAINT task_patient_id_fkey FOREIGN KEY (patient_id) REFERENCES patient(id)
);

CREATE INDEX task_done_by ON task USING btree (done_by, done_at) WHERE (done_at IS NOT NULL);

CREATE INDEX task_of_patient ON task USING btree (patient_id);

CREATE INDEX task_of_subject ON task USING btree (subject_kind, subject_id);

CREATE INDEX task_open ON task USING btree (clinic_id, due_at) WHERE ((done_at IS NULL) AND (withdrawn_at IS NULL));

CREATE TABLE task_attempt (
    id bigint NOT NULL,
    task_id bigint NOT NULL,
    at bigint NOT NULL,
    made_by bigint NOT NULL,
    outcome text NOT NULL,
    note text,
    CONSTRAINT task_attempt_pkey PRIMARY KEY (id),
    CONSTRAINT task_attempt_task_id_fkey FOREIGN KEY (task_id) REFERENCES task(id)
);

CREATE INDEX task_attempt_of ON task_attempt USING btree (task_id);

CREATE TABLE tooth_treatment (
    id bigint NOT NULL,
    clinic_id bigint NOT NULL,
    patient_id bigint NOT NULL,
    visit_id bigint NOT NULL,
    charge_line_id bigint NOT NULL,
    tooth bigint NOT NULL,
    item_id bigint NOT NULL,
    doctor_id bigint NOT NULL,
    business_day text NOT NULL,
    warranty_until text,
    CONSTRAINT tooth_treatment_pkey PRIMARY KEY (id),
    CONSTRAINT tooth_treatment_charge_line_id_fkey FOREIGN KEY (charge_line_id) REFERENCES charge_line(id),
    CONSTRAINT tooth_treatment_charge_line_id_tooth_key UNIQUE (charge_line_id, tooth),
    CONSTRAINT tooth_treatment_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id),
    CONSTRAINT tooth_treatment_doctor_id_fkey FOREIGN KEY (doctor_id) REFERENCES staff(id),
    CONSTRAINT tooth_treatment_item_id_fkey FOREIGN KEY (item_id) REFERENCES item(id),
    CONSTRAINT tooth_treatment_patient_id_fkey FOREIGN KEY (patient_id) REFERENCES patient(id),
    CONSTRAINT tooth_treatment_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES visit(id)
);

CREATE INDEX tooth_treatment_of_patient ON tooth_treatment USING btree (patient_id, tooth);

CREATE TABLE transfer (
    id bigint NOT NULL,
    clinic_id bigint NOT NULL,
    business_day text NOT NULL,
    at bigint NOT NULL,
    debit text NOT NULL,
    credit text NOT NULL,
    amount_fen bigint NOT NULL,
    patient_id bigint NOT NULL,
    visit_id bigint,
    sheet_id bigint,
    charge_line_id bigint,
    doctor_id bigint,
    category text,
    method text,
    receipt_id bigint,
    recorded_by bigint NOT NULL,
    CONSTRAINT transfer_pkey PRIMARY KEY (id),
    CONSTRAINT transfer_amount_fen_check CHECK ((amount_fen > 0)),
    CONSTRAINT transfer_charge_line_id_fkey FOREIGN KEY (charge_line_id) REFERENCES charge_line(id),
    CONSTRAINT transfer_check CHECK ((debit <> credit)),
    CONSTRAINT transfer_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id),
    CONSTRAINT transfer_doctor_id_fkey FOREIGN KEY (doctor_id) REFERENCES staff(id),
    CONSTRAINT transfer_patient_id_fkey FOREIGN KEY (patient_id) REFERENCES patient(id),
    CONSTRAINT transfer_receipt_id_fkey FOREIGN KEY (receipt_id) REFERENCES receipt(id),
    CONSTRAINT transfer_sheet_id_fkey FOREIGN KEY (sheet_id) REFERENCES charge_sheet(id),
    CONSTRAINT transfer_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES visit(id)
);

CREATE INDEX transfer_of_day ON transfer USING btree (clinic_id, business_day);

CREATE INDEX transfer_of_patient ON transfer USING btree (patient_id);

CREATE INDEX transfer_of_sheet ON transfer USING btree (sheet_id);

CREATE TABLE visit (
    id bigint NOT NULL,
    clinic_id bigint NOT NULL,
    business_day text NOT NULL,
    patient_id bigint NOT NULL,
    appointment_id bigint,
    doctor_id bigint,
    visit_type text NOT NULL,
    proposed_type text NOT NULL,
    type_reason text NOT NULL,
    complaint text NOT NULL,
    segment text,
    emergency text,
    told_wait_minutes bigint,
    arrived_at bigint NOT NULL,
    seated_at bigint,
    finished_at bigint,
    left_at bigint,
    outcome text,
    outcome_reason text,
    contact_checked_at bigint,
    contact_checked_by bigint,
    version bigint NOT NULL,
    CONSTRAINT visit_pkey PRIMARY KEY (id),
    CONSTRAINT visit_appointment_id_fkey FOREIGN KEY (appointment_id) REFERENCES appointment(id),
    CONSTRAINT visit_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id),
    CONSTRAINT visit_doctor_id_fkey FOREIGN KEY (doctor_id) REFERENCES staff(id),
    CONSTRAINT visit_patient_id_fkey FOREIGN KEY (patient_id) REFERENCES patient(id)
);

CREATE UNIQUE INDEX visit_of_appointment ON visit USING btree (appointment_id) WHERE (appointment_id IS NOT NULL);

CREATE INDEX visit_of_day ON visit USING btree (clinic_id, business_day);

CREATE INDEX visit_of_patient ON visit USING btree (patient_id, business_day);

CREATE UNIQUE INDEX visit_one_open ON visit USING btree (clinic_id, business_day, patient_id) WHERE (left_at IS NULL);

CREATE TABLE visit_fact (
    id bigint NOT NULL,
    visit_id bigint NOT NULL,
    kind text NOT NULL,
    happened_at bigint NOT NULL,
    recorded_at bigint NOT NULL,
    recorded_by bigint NOT NULL,
    detail text,
    late_reason text,
    undone_at bigint,
    undone_by bigint,
    CONSTRAINT visit_fact_pkey PRIMARY KEY (id),
    CONSTRAINT visit_fact_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES visit(id)
);

CREATE INDEX visit_fact_of_visit ON visit_fact USING btree (visit_id);

CREATE TABLE waiting_call (
    id bigint NOT NULL,
    entry_id bigint NOT NULL,
    called_at bigint NOT NULL,
    called_by bigint NOT NULL,
    day text,
    start_unit bigint,
    units bigint,
    doctor_id bigint,
    answer text NOT NULL,
    note text,
    CONSTRAINT waiting_call_pkey PRIMARY KEY (id),
    CONSTRAINT waiting_call_doctor_id_fkey FOREIGN KEY (doctor_id) REFERENCES staff(id),
    CONSTRAINT waiting_call_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES waiting_entry(id)
);

CREATE INDEX waiting_call_of ON waiting_call USING btree (entry_id);

CREATE TABLE waiting_entry (
    id bigint NOT NULL,
    clinic_id bigint NOT NULL,
    patient_id bigint NOT NULL,
    doctor_id bigint,
    appointment_id bigint,
    complaint text NOT NULL,
    units bigint NOT NULL,
    weekdays bigint NOT NULL,
    from_unit bigint NOT NULL,
    to_unit bigint NOT NULL,
    first_day text NOT NULL,
    last_day text,
    urgency text NOT NULL,
    note text,
    asked_at bigint NOT NULL,
    asked_by bigint NOT NULL,
    called_at bigint,
    calls bigint NOT NULL,
    closed_at bigint,
    closed_by bigint,
    outcome text,
    version bigint NOT NULL,
    CONSTRAINT waiting_entry_pkey PRIMARY KEY (id),
    CONSTRAINT waiting_entry_appointment_id_fkey FOREIGN KEY (appointment_id) REFERENCES appointment(id),
    CONSTRAINT waiting_entry_check CHECK ((from_unit < to_unit)),
    CONSTRAINT waiting_entry_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id),
    CONSTRAINT waiting_entry_doctor_id_fkey FOREIGN KEY (doctor_id) REFERENCES staff(id),
    CONSTRAINT waiting_entry_from_unit_check CHECK (((from_unit >= 0) AND (from_unit <= 95))),
    CONSTRAINT waiting_entry_patient_id_fkey FOREIGN KEY (patient_id) REFERENCES patient(id),
    CONSTRAINT waiting_entry_to_unit_check CHECK (((to_unit >= 1) AND (to_unit <= 96))),
    CONSTRAINT waiting_entry_units_check CHECK (((units >= 1) AND (units <= 96))),
    CONSTRAINT waiting_entry_urgency_check CHECK ((urgency = ANY (ARRAY['low'::text, 'normal'::text, 'high'::text]))),
    CONSTRAINT waiting_entry_weekdays_check CHECK (((weekdays >= 1) AND (weekdays <= 127)))
);

CREATE INDEX waiting_entry_of_patient ON waiting_entry USING btree (patient_id);

CREATE INDEX waiting_entry_open ON waiting_entry USING btree (clinic_id, asked_at) WHERE (closed_at IS NULL);

CREATE TABLE waiting_item (
    entry_id bigint NOT NULL,
    position bigint NOT NULL,
    item_id bigint NOT NULL,
    teeth text NOT NULL,
    CONSTRAINT waiting_item_pkey PRIMARY KEY (entry_id, "position"),
    CONSTRAINT waiting_item_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES waiting_entry(id),
    CONSTRAINT waiting_item_item_id_fkey FOREIGN KEY (item_id) REFERENCES item(id)
);
