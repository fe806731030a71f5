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

CREATE TABLE booking_wish (
    appointment_id bigint NOT NULL,
    said text NOT NULL,
    CONSTRAINT booking_wish_pkey PRIMARY KEY (appointment_id),
    CONSTRAINT booking_wish_appointment_id_fkey FOREIGN KEY (appointment_id) REFERENCES appointment(id)
);

CREATE TABLE broadcast_play (
    id bigint NOT NULL,
    clinic_id bigint NOT NULL,
    business_day text NOT NULL,
    slot_code text,
    kind text NOT NULL,
    title text NOT NULL,
    words text,
    outcome text NOT NULL,
    reason text,
    on_screen bigint NOT NULL,
    played_at bigint NOT NULL,
    played_by bigint NOT NULL,
    CONSTRAINT broadcast_play_pkey PRIMARY KEY (id),
    CONSTRAINT broadcast_play_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id),
    CONSTRAINT broadcast_play_kind_check CHECK ((kind = ANY (ARRAY['music'::text, 'words'::text, 'announcement'::text]))),
    CONSTRAINT broadcast_play_on_screen_check CHECK ((on_screen = ANY (ARRAY[(0)::bigint, (1)::bigint]))),
    CONSTRAINT broadcast_play_outcome_check CHECK ((outcome = ANY (ARRAY['played'::text, 'left'::text])))
);

CREATE INDEX broadcast_play_of_day ON broadcast_play USING btree (clinic_id, business_day, played_at);

CREATE UNIQUE INDEX broadcast_play_once ON broadcast_play USING btree (clinic_id, business_day, slot_code) WHERE (slot_code IS NOT NULL);

CREATE TABLE broadcast_slot (
    id bigint NOT NULL,
    clinic_id bigint NOT NULL,
    code text NOT NULL,
    kind text NOT NULL,
    weekdays text NOT NULL,
    minute bigint NOT NULL,
    title text NOT NULL,
    words text,
    is_on bigint NOT NULL,
    set_by bigint NOT NULL,
    set_at bigint NOT NULL,
    CONSTRAINT broadcast_slot_pkey PRIMARY KEY (id),
    CONSTRAINT broadcast_slot_clinic_id_code_key UNIQUE (clinic_id, code),
    CONSTRAINT broadcast_slot_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id),
    CONSTRAINT broadcast_slot_is_on_check CHECK ((is_on = ANY (ARRAY[(0)::bigint, (1)::bigint]))),
    CONSTRAINT broadcast_slot_kind_check CHECK ((kind = ANY (ARRAY['music'::text, 'words'::text]))),
    CONSTRAINT broadcast_slot_minute_check CHECK (((minute >= 0) AND (minute <= 1439)))
);

CREATE TABLE call_request (
    id bigint NOT NULL,
    clinic_id bigint NOT NULL,
    name text NOT NULL,
    phone text NOT NULL,
    wish text NOT NULL,
    note text,
    language text NOT NULL,
    address_hash text NOT NULL,
    command_hash text NOT NULL,
    asked_at bigint NOT NULL,
    asked_day text NOT NULL,
    settled_at bigint,
    settled_by bigint,
    outcome text,
    CONSTRAINT call_request_pkey PRIMARY KEY (id),
    CONSTRAINT call_request_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id),
    CONSTRAINT call_request_command_hash_key UNIQUE (command_hash),
    CONSTRAINT call_request_outcome_check CHECK ((outcome = ANY (ARRAY['reached'::text, 'unreachable'::text])))
);

CREATE INDEX call_request_of_day ON call_request USING btree (asked_day, address_hash);

CREATE INDEX call_request_open ON call_request USING btree (clinic_id, settled_at);

CREATE TABLE care_tick (
    id bigint NOT NULL,
    clinic_id bigint NOT NULL,
    business_day text NOT NULL,
    visit_id bigint NOT NULL,
    kind text NOT NULL,
    ticked_at bigint NOT NULL,
    ticked_by bigint NOT NULL,
    undone_at bigint,
    undone_by bigint,
    CONSTRAINT care_tick_pkey PRIMARY KEY (id),
    CONSTRAINT care_tick_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id),
    CONSTRAINT care_tick_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES visit(id)
);

CREATE INDEX care_tick_of_day ON care_tick USING btree (clinic_id, business_day);

CREATE UNIQUE INDEX care_tick_once ON care_tick USING btree (visit_id, kind) WHERE (undone_at IS NULL);

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

CREATE TABLE chart_entry (
    id bigint NOT NULL,
    clinic_id bigint NOT NULL,
    patient_id bigint NOT NULL,
    corrects_id bigint,
    seen_on text NOT NULL,
    content text NOT NULL,
    stamp_name text NOT NULL,
    stamp_code text NOT NULL,
    entered_at bigint NOT NULL,
    entered_by bigint NOT NULL,
    returned_at bigint,
    wrong_at bigint,
    wrong_by bigint,
    wrong_reason text,
    CONSTRAINT chart_entry_pkey PRIMARY KEY (id),
    CONSTRAINT chart_entry_check CHECK (((wrong_at IS NULL) = (wrong_reason IS NULL))),
    CONSTRAINT chart_entry_check1 CHECK (((wrong_by IS NULL) OR (wrong_by <> entered_by))),
    CONSTRAINT chart_entry_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id),
    CONSTRAINT chart_entry_corrects_id_fkey FOREIGN KEY (corrects_id) REFERENCES chart_entry(id),
    CONSTRAINT chart_entry_patient_id_fkey FOREIGN KEY (patient_id) REFERENCES patient(id)
);

CREATE UNIQUE INDEX chart_entry_correction ON chart_entry USING btree (corrects_id) WHERE (corrects_id IS NOT NULL);

CREATE INDEX chart_entry_of_clinic ON chart_entry USING btree (clinic_id, entered_at);

CREATE INDEX chart_entry_of_patient ON chart_entry USING btree (patient_id);

CREATE TABLE chart_movement (
    id bigint NOT NULL,
    chart_id bigint NOT NULL,
    from_state text,
    to_state text NOT NULL,
    note text,
    moved_at bigint NOT NULL,
    moved_by bigint NOT NULL,
    CONSTRAINT chart_movement_pkey PRIMARY KEY (id),
    CONSTRAINT chart_movement_chart_id_fkey FOREIGN KEY (chart_id) REFERENCES paper_chart(id)
);

CREATE INDEX chart_movement_of_chart ON chart_movement USING btree (chart_id, moved_at);

CREATE TABLE chart_release (
    id bigint NOT NULL,
    chart_id bigint NOT NULL,
    reason text NOT NULL,
    requested_at bigint NOT NULL,
    requested_by bigint NOT NULL,
    decided_at bigint,
    decided_by bigint,
    is_approved bigint,
    answer text,
    released_at bigint,
    CONSTRAINT chart_release_pkey PRIMARY KEY (id),
    CONSTRAINT chart_release_chart_id_fkey FOREIGN KEY (chart_id) REFERENCES paper_chart(id),
    CONSTRAINT chart_release_check CHECK (((decided_at IS NULL) = (is_approved IS NULL))),
    CONSTRAINT chart_release_check1 CHECK (((decided_by IS NULL) OR (decided_by <> requested_by))),
    CONSTRAINT chart_release_is_approved_check CHECK ((is_approved = ANY (ARRAY[(0)::bigint, (1)::bigint])))
);

CREATE INDEX chart_release_of_chart ON chart_release USING btree (chart_id);

CREATE UNIQUE INDEX chart_release_open ON chart_release USING btree (chart_id) WHERE (decided_at IS NULL);

CREATE TABLE checklist_mark (
    run_id bigint NOT NULL,
    item text NOT NULL,
    turn bigint NOT NULL,
    value text NOT NULL,
    note text,
    is_out bigint NOT NULL,
    marked_at bigint NOT NULL,
    marked_by bigint NOT NULL,
    CONSTRAINT checklist_mark_pkey PRIMARY KEY (run_id, item, turn),
    CONSTRAINT checklist_mark_is_out_check CHECK ((is_out = ANY (ARRAY[(0)::bigint, (1)::bigint]))),
    CONSTRAINT checklist_mark_run_id_fkey FOREIGN KEY (run_id) REFERENCES checklist_run(id)
);

CREATE TABLE checklist_run (
    id bigint NOT NULL,
    clinic_id bigint NOT NULL,
    checklist text NOT NULL,
    business_day text NOT NULL,
    occurrence text NOT NULL,
    label text NOT NULL,
    patient_id bigint,
    opens_at bigint NOT NULL,
    due_at bigint,
    completed_at bigint,
    completed_by bigint,
    version bigint NOT NULL,
    CONSTRAINT checklist_run_pkey PRIMARY KEY (id),
    CONSTRAINT checklist_run_clinic_id_checklist_business_day_occurrence_key UNIQUE (clinic_id, checklist, business_day, occurrence),
    CONSTRAINT checklist_run_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id),
    CONSTRAINT checklist_run_patient_id_fkey FOREIGN KEY (patient_id) REFERENCES patient(id)
);

CREATE INDEX checklist_run_of_patient ON checklist_run USING btree (patient_id, business_day);

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

CREATE TABLE clinic_week (
    clinic_id bigint NOT NULL,
    valid_from text NOT NULL,
    weekdays bigint NOT NULL,
    set_by bigint NOT NULL,
    set_at bigint NOT NULL,
    CONSTRAINT clinic_week_pkey PRIMARY KEY (clinic_id, valid_from),
    CONSTRAINT clinic_week_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id),
    CONSTRAINT clinic_week_weekdays_check CHECK (((weekdays >= 1) AND (weekdays <= 127)))
);

CREATE TABLE companion (
    movement_id bigint NOT NULL,
    relation text,
    is_within_rule bigint NOT NULL,
    reason text,
    note text,
    allowed_by bigint,
    CONSTRAINT companion_pkey PRIMARY KEY (movement_id),
    CONSTRAINT companion_allowed_by_fkey FOREIGN KEY (allowed_by) REFERENCES staff(id),
    CONSTRAINT companion_is_within_rule_check CHECK ((is_within_rule = ANY (ARRAY[(0)::bigint, (1)::bigint]))),
    CONSTRAINT companion_movement_id_fkey FOREIGN KEY (movement_id) REFERENCES movement(id)
);

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

CREATE TABLE consultation_profile (
    id bigint NOT NULL,
    patient_id bigint NOT NULL,
    content_cipher text NOT NULL,
    recorded_at bigint NOT NULL,
    recorded_by bigint NOT NULL,
    CONSTRAINT consultation_profile_pkey PRIMARY KEY (id),
    CONSTRAINT consultation_profile_patient_id_fkey FOREIGN KEY (patient_id) REFERENCES patient(id)
);

CREATE INDEX consultation_profile_of_patient ON consultation_profile USING btree (patient_id);

CREATE TABLE counter (
    clinic_id bigint NOT NULL,
    name text NOT NULL,
    value bigint NOT NULL,
    CONSTRAINT counter_pkey PRIMARY KEY (clinic_id, name)
);

CREATE TABLE day_carry (
    id bigint NOT NULL,
    clinic_id bigint NOT NULL,
    business_day text NOT NULL,
    kind text NOT NULL,
    subject_kind text NOT NULL,
    subject_id bigint NOT NULL,
    title text NOT NULL,
    owner_id bigint NOT NULL,
    reason text NOT NULL,
    carried_at bigint NOT NULL,
    carried_by bigint NOT NULL,
    CONSTRAINT day_carry_pkey PRIMARY KEY (id),
    CONSTRAINT day_carry_clinic_id_business_day_kind_subject_kind_subject__key UNIQUE (clinic_id, business_day, kind, subject_kind, subject_id),
    CONSTRAINT day_carry_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id),
    CONSTRAINT day_carry_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES staff(id)
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

CREATE TABLE device_link (
    id bigint NOT NULL,
    clinic_id bigint NOT NULL,
    name text NOT NULL,
    token_hash text NOT NULL,
    paired_at bigint NOT NULL,
    paired_by bigint NOT NULL,
    seen_at bigint,
    revoked_at bigint,
    revoked_by bigint,
    CONSTRAINT device_link_pkey PRIMARY KEY (id),
    CONSTRAINT device_link_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id),
    CONSTRAINT device_link_token_hash_key UNIQUE (token_hash)
);

CREATE INDEX device_link_of_clinic ON device_link USING btree (clinic_id);

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

CREATE TABLE doctor_note (
    id bigint NOT NULL,
    clinic_id bigint NOT NULL,
    business_day text NOT NULL,
    doctor_id bigint NOT NULL,
    visit_id bigint,
    patient_id bigint,
    body text NOT NULL,
    sent_at bigint NOT NULL,
    sent_by bigint NOT NULL,
    answer text,
    answer_minutes bigint,
    answer_note text,
    answered_at bigint,
    answered_by bigint,
    acted_at bigint,
    acted_by bigint,
    withdrawn_at bigint,
    version bigint NOT NULL,
    CONSTRAINT doctor_note_pkey PRIMARY KEY (id),
    CONSTRAINT doctor_note_answer_check CHECK ((answer = ANY (ARRAY['comeIn'::text, 'wait'::text, 'book'::text, 'otherDoctor'::text]))),
    CONSTRAINT doctor_note_check CHECK (((answer IS NULL) = (answered_at IS NULL))),
    CONSTRAINT doctor_note_check1 CHECK (((answer_minutes IS NULL) OR (answer = 'wait'::text))),
    CONSTRAINT doctor_note_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id),
    CONSTRAINT doctor_note_doctor_id_fkey FOREIGN KEY (doctor_id) REFERENCES staff(id),
    CONSTRAINT doctor_note_patient_id_fkey FOREIGN KEY (patient_id) REFERENCES patient(id),
    CONSTRAINT doctor_note_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES visit(id)
);

CREATE INDEX doctor_note_of_day ON doctor_note USING btree (clinic_id, business_day);

CREATE INDEX doctor_note_of_visit ON doctor_note USING btree (visit_id);

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

CREATE TABLE file_audit (
    id bigint NOT NULL,
    clinic_id bigint NOT NULL,
    patient_id bigint NOT NULL,
    registrar_id bigint NOT NULL,
    findings text NOT NULL,
    note text,
    points bigint NOT NULL,
    audited_at bigint NOT NULL,
    audited_by bigint NOT NULL,
    CONSTRAINT file_audit_pkey PRIMARY KEY (id),
    CONSTRAINT file_audit_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id),
    CONSTRAINT file_audit_patient_id_fkey FOREIGN KEY (patient_id) REFERENCES patient(id),
    CONSTRAINT file_audit_points_check CHECK ((points >= 0)),
    CONSTRAINT file_audit_registrar_id_fkey FOREIGN KEY (registrar_id) REFERENCES staff(id)
);

CREATE INDEX file_audit_of_clinic ON file_audit USING btree (clinic_id, audited_at);

CREATE INDEX file_audit_of_patient ON file_audit USING btree (patient_id);

CREATE TABLE hall_count (
    clinic_id bigint NOT NULL,
    business_day text NOT NULL,
    half_hour bigint NOT NULL,
    way text NOT NULL,
    people bigint NOT NULL,
    CONSTRAINT hall_count_pkey PRIMARY KEY (clinic_id, business_day, half_hour, way),
    CONSTRAINT hall_count_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id),
    CONSTRAINT hall_count_half_hour_check CHECK (((half_hour >= 0) AND (half_hour <= 47))),
    CONSTRAINT hall_count_people_check CHECK ((people >= 0)),
    CONSTRAINT hall_count_way_check CHECK ((way = ANY (ARRAY['in'::text, 'out'::text])))
);

CREATE TABLE hall_notice (
    id bigint NOT NULL,
    clinic_id bigint NOT NULL,
    chinese text NOT NULL,
    english text,
    set_by bigint NOT NULL,
    set_at bigint NOT NULL,
    ended_at bigint,
    CONSTRAINT hall_notice_pkey PRIMARY KEY (id),
    CONSTRAINT hall_notice_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id)
);

CREATE INDEX hall_notice_of_clinic ON hall_notice USING btree (clinic_id);

CREATE TABLE hand_over (
    id bigint NOT NULL,
    clinic_id bigint NOT NULL,
    business_day text NOT NULL,
    visit_id bigint NOT NULL,
    movement_id bigint NOT NULL,
    doctor_id bigint NOT NULL,
    introduction text NOT NULL,
    assigned_chair_id bigint,
    chair_reason text,
    chair_note text,
    nurse_rating text,
    nurse_remark text,
    handed_at bigint NOT NULL,
    handed_by bigint NOT NULL,
    CONSTRAINT hand_over_pkey PRIMARY KEY (id),
    CONSTRAINT hand_over_assigned_chair_id_fkey FOREIGN KEY (assigned_chair_id) REFERENCES chair(id),
    CONSTRAINT hand_over_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id),
    CONSTRAINT hand_over_doctor_id_fkey FOREIGN KEY (doctor_id) REFERENCES staff(id),
    CONSTRAINT hand_over_movement_id_fkey FOREIGN KEY (movement_id) REFERENCES movement(id),
    CONSTRAINT hand_over_nurse_rating_check CHECK ((nurse_rating = ANY (ARRAY['standard'::text, 'notStandard'::text]))),
    CONSTRAINT hand_over_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES visit(id)
);

CREATE UNIQUE INDEX hand_over_of_movement ON hand_over USING btree (movement_id);

CREATE INDEX hand_over_of_visit ON hand_over USING btree (visit_id);

CREATE TABLE handed_case (
    id bigint NOT NULL,
    clinic_id bigint NOT NULL,
    kind text NOT NULL,
    patient_id bigint NOT NULL,
    appointment_id bigint,
    doctor_id bigint,
    words text NOT NULL,
    asked_by bigint NOT NULL,
    asked_at bigint NOT NULL,
    settled_by bigint,
    settled_at bigint,
    outcome text,
    CONSTRAINT handed_case_pkey PRIMARY KEY (id),
    CONSTRAINT handed_case_appointment_id_fkey FOREIGN KEY (appointment_id) REFERENCES appointment(id),
    CONSTRAINT handed_case_check CHECK (((settled_at IS NULL) = (outcome IS NULL))),
    CONSTRAINT handed_case_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id),
    CONSTRAINT handed_case_doctor_id_fkey FOREIGN KEY (doctor_id) REFERENCES staff(id),
    CONSTRAINT handed_case_kind_check CHECK ((kind = ANY (ARRAY['doctorGone'::text, 'difficult'::text]))),
    CONSTRAINT handed_case_patient_id_fkey FOREIGN KEY (patient_id) REFERENCES patient(id)
);

CREATE INDEX handed_case_of_clinic ON handed_case USING btree (clinic_id, asked_at);

CREATE UNIQUE INDEX handed_case_one_open ON handed_case USING btree (patient_id, clinic_id, kind) WHERE (settled_at IS NULL);

CREATE TABLE idempotency (
    lane bigint NOT NULL,
    key text NOT NULL,
    body_hash text NOT NULL,
    response text NOT NULL,
    created_at bigint NOT NULL,
    CONSTRAINT idempotency_pkey PRIMARY KEY (lane, key)
);

CREATE TABLE inside_message (
    id bigint NOT NULL,
    clinic_id bigint NOT NULL,
    business_day text NOT NULL,
    from_place text NOT NULL,
    body text NOT NULL,
    visit_id bigint,
    answers_id bigint,
    sent_at bigint NOT NULL,
    sent_by bigint NOT NULL,
    CONSTRAINT inside_message_pkey PRIMARY KEY (id),
    CONSTRAINT inside_message_answers_id_fkey FOREIGN KEY (answers_id) REFERENCES inside_message(id),
    CONSTRAINT inside_message_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id),
    CONSTRAINT inside_message_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES visit(id)
);

CREATE INDEX inside_message_of_day ON inside_message USING btree (clinic_id, business_day);

CREATE INDEX inside_message_sent ON inside_message USING btree (clinic_id, sent_at);

CREATE TABLE inside_message_to (
    message_id bigint NOT NULL,
    place text NOT NULL,
    clinic_id bigint NOT NULL,
    business_day text NOT NULL,
    read_at bigint,
    read_by bigint,
    CONSTRAINT inside_message_to_pkey PRIMARY KEY (message_id, place),
    CONSTRAINT inside_message_to_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id),
    CONSTRAINT inside_message_to_message_id_fkey FOREIGN KEY (message_id) REFERENCES inside_message(id)
);

CREATE INDEX inside_message_to_unread ON inside_message_to USING btree (clinic_id, business_day, place) WHERE (read_at IS NULL);

CREATE TABLE intake_field (
    form_id bigint NOT NULL,
    field text NOT NULL,
    value text NOT NULL,
    note text,
    is_special bigint NOT NULL,
    filled_at bigint NOT NULL,
    filled_by bigint NOT NULL,
    checked_at bigint,
    checked_by bigint,
    CONSTRAINT intake_field_pkey PRIMARY KEY (form_id, field),
    CONSTRAINT intake_field_form_id_fkey FOREIGN KEY (form_id) REFERENCES intake_form(id),
    CONSTRAINT intake_field_is_special_check CHECK ((is_special = ANY (ARRAY[(0)::bigint, (1)::bigint])))
);

CREATE TABLE intake_form (
    id bigint NOT NULL,
    clinic_id bigint NOT NULL,
    patient_id bigint,
    visit_id bigint,
    kind text NOT NULL,
    source text NOT NULL,
    fill_mode text,
    guide_id bigint,
    language text NOT NULL,
    state text NOT NULL,
    started_at bigint NOT NULL,
    started_by bigint NOT NULL,
    attached_at bigint,
    attached_by bigint,
    completed_at bigint,
    version bigint NOT NULL,
    CONSTRAINT intake_form_pkey PRIMARY KEY (id),
    CONSTRAINT intake_form_check CHECK ((((fill_mode = 'guided'::text) = (guide_id IS NOT NULL)) OR (fill_mode IS NULL))),
    CONSTRAINT intake_form_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id),
    CONSTRAINT intake_form_fill_mode_check CHECK ((fill_mode = ANY (ARRAY['alone'::text, 'guided'::text]))),
    CONSTRAINT intake_form_guide_id_fkey FOREIGN KEY (guide_id) REFERENCES staff(id),
    CONSTRAINT intake_form_kind_check CHECK ((kind = ANY (ARRAY['registration'::text, 'inquiry'::text]))),
    CONSTRAINT intake_form_patient_id_fkey FOREIGN KEY (patient_id) REFERENCES patient(id),
    CONSTRAINT intake_form_source_check CHECK ((source = ANY (ARRAY['desk'::text, 'self'::text, 'paper'::text]))),
    CONSTRAINT intake_form_state_check CHECK ((state = ANY (ARRAY['filling'::text, 'unsigned'::text, 'unchecked'::text, 'complete'::text, 'discarded'::text]))),
    CONSTRAINT intake_form_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES visit(id)
);

CREATE INDEX intake_form_of_patient ON intake_form USING btree (patient_id);

CREATE INDEX intake_form_open ON intake_form USING btree (clinic_id, started_at) WHERE (state = ANY (ARRAY['filling'::text, 'unsigned'::text, 'unchecked'::text]));

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

CREATE TABLE lobby_guest (
    id bigint NOT NULL,
    clinic_id bigint NOT NULL,
    business_day text NOT NULL,
    patient_id bigint,
    label text NOT NULL,
    sent_at bigint NOT NULL,
    sent_by bigint NOT NULL,
    met_at bigint,
    met_by bigint,
    CONSTRAINT lobby_guest_pkey PRIMARY KEY (id),
    CONSTRAINT lobby_guest_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id),
    CONSTRAINT lobby_guest_patient_id_fkey FOREIGN KEY (patient_id) REFERENCES patient(id)
);

CREATE INDEX lobby_guest_of_day ON lobby_guest USING btree (clinic_id, business_day);

CREATE TABLE lobby_reminder (
    id bigint NOT NULL,
    clinic_id bigint NOT NULL,
    business_day text NOT NULL,
    waiting bigint NOT NULL,
    reminded_at bigint NOT NULL,
    reminded_by bigint NOT NULL,
    CONSTRAINT lobby_reminder_pkey PRIMARY KEY (id),
    CONSTRAINT lobby_reminder_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id)
);

CREATE INDEX lobby_reminder_of_day ON lobby_reminder USING btree (clinic_id, business_day);

CREATE TABLE lookup_slip (
    id bigint NOT NULL,
    clinic_id bigint NOT NULL,
    typed text NOT NULL,
    asked_at bigint NOT NULL,
    asked_by bigint NOT NULL,
    settled_at bigint,
    settled_by bigint,
    CONSTRAINT lookup_slip_pkey PRIMARY KEY (id),
    CONSTRAINT lookup_slip_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id)
);

CREATE INDEX lookup_slip_open ON lookup_slip USING btree (clinic_id, asked_at);

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

CREATE TABLE observation (
    id bigint NOT NULL,
    clinic_id bigint NOT NULL,
    patient_id bigint NOT NULL,
    visit_id bigint,
    words text NOT NULL,
    written_at bigint NOT NULL,
    written_by bigint NOT NULL,
    withdrawn_at bigint,
    withdrawn_by bigint,
    CONSTRAINT observation_pkey PRIMARY KEY (id),
    CONSTRAINT observation_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id),
    CONSTRAINT observation_patient_id_fkey FOREIGN KEY (patient_id) REFERENCES patient(id),
    CONSTRAINT observation_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES visit(id)
);

CREATE INDEX observation_of_patient ON observation USING btree (patient_id, written_at);

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
    visitor_hash text,
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

CREATE INDEX online_form_of_visitor ON online_form USING btree (visitor_hash, submitted_at);

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

CREATE TABLE paper_chart (
    id bigint NOT NULL,
    clinic_id bigint NOT NULL,
    patient_id bigint NOT NULL,
    kind text NOT NULL,
    number text NOT NULL,
    shelf text NOT NULL,
    state text NOT NULL,
    moved_at bigint NOT NULL,
    moved_by bigint NOT NULL,
    version bigint NOT NULL,
    CONSTRAINT paper_chart_pkey PRIMARY KEY (id),
    CONSTRAINT paper_chart_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id),
    CONSTRAINT paper_chart_kind_check CHECK ((kind = ANY (ARRAY['chart'::text, 'booklet'::text]))),
    CONSTRAINT paper_chart_patient_id_fkey FOREIGN KEY (patient_id) REFERENCES patient(id),
    CONSTRAINT paper_chart_state_check CHECK ((state = ANY (ARRAY['shelf'::text, 'pulled'::text, 'ordered'::text, 'doctor'::text, 'cashier'::text, 'returned'::text, 'released'::text])))
);

CREATE UNIQUE INDEX paper_chart_number ON paper_chart USING btree (clinic_id, number);

CREATE INDEX paper_chart_of_patient ON paper_chart USING btree (patient_id);

CREATE INDEX paper_chart_out ON paper_chart USING btree (clinic_id, moved_at) WHERE (state <> 'shelf'::text);

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

CREATE INDEX patient_merged ON patient USING btree (merged_into_id) WHERE (merged_into_id IS NOT NULL);

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

CREATE TABLE patient_merge (
    id bigint NOT NULL,
    clinic_id bigint NOT NULL,
    kept_id bigint NOT NULL,
    merged_id bigint NOT NULL,
    kept_version bigint NOT NULL,
    merged_at bigint NOT NULL,
    merged_by bigint NOT NULL,
    undo_until bigint NOT NULL,
    undone_at bigint,
    undone_by bigint,
    CONSTRAINT patient_merge_pkey PRIMARY KEY (id),
    CONSTRAINT patient_merge_check CHECK ((kept_id <> merged_id)),
    CONSTRAINT patient_merge_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id),
    CONSTRAINT patient_merge_kept_id_fkey FOREIGN KEY (kept_id) REFERENCES patient(id),
    CONSTRAINT patient_merge_merged_id_fkey FOREIGN KEY (merged_id) REFERENCES patient(id)
);

CREATE UNIQUE INDEX patient_merge_in_force ON patient_merge USING btree (merged_id) WHERE (undone_at IS NULL);

CREATE INDEX patient_merge_of_kept ON patient_merge USING btree (kept_id);

CREATE TABLE patient_merge_field (
    merge_id bigint NOT NULL,
    field text NOT NULL,
    old_value text,
    CONSTRAINT patient_merge_field_pkey PRIMARY KEY (merge_id, field),
    CONSTRAINT patient_merge_field_merge_id_fkey FOREIGN KEY (merge_id) REFERENCES patient_merge(id)
);

CREATE TABLE patient_merge_row (
    merge_id bigint NOT NULL,
    table_name text NOT NULL,
    row_id bigint NOT NULL,
    CONSTRAINT patient_merge_row_pkey PRIMARY KEY (merge_id, table_name, row_id),
    CONSTRAINT patient_merge_row_merge_id_fkey FOREIGN KEY (merge_id) REFERENCES patient_merge(id)
);

CREATE TABLE patient_profile (
    patient_id bigint NOT NULL,
    language text,
    relay_name text,
    relay_phone text,
    contact_any bigint NOT NULL,
    contact_from bigint,
    contact_until bigint,
    intention text,
    intended_items text,
    preference text,
    needs text NOT NULL,
    drink text,
    employee_id bigint,
    spoken_on_phone_at bigint,
    read_back_at bigint,
    read_back_by bigint,
    changed_at bigint NOT NULL,
    changed_by bigint NOT NULL,
    version bigint NOT NULL,
    CONSTRAINT patient_profile_pkey PRIMARY KEY (patient_id),
    CONSTRAINT patient_profile_contact_any_check CHECK ((contact_any = ANY (ARRAY[(0)::bigint, (1)::bigint]))),
    CONSTRAINT patient_profile_employee_id_fkey FOREIGN KEY (employee_id) REFERENCES staff(id),
    CONSTRAINT patient_profile_patient_id_fkey FOREIGN KEY (patient_id) REFERENCES patient(id)
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

CREATE TABLE patrol_round (
    id bigint NOT NULL,
    clinic_id bigint NOT NULL,
    business_day text NOT NULL,
    walked_at bigint NOT NULL,
    walked_by bigint NOT NULL,
    waiting bigint NOT NULL,
    CONSTRAINT patrol_round_pkey PRIMARY KEY (id),
    CONSTRAINT patrol_round_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id)
);

CREATE INDEX patrol_round_of_day ON patrol_round USING btree (clinic_id, business_day);

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

CREATE TABLE queue_move (
    id bigint NOT NULL,
    clinic_id bigint NOT NULL,
    business_day text NOT NULL,
    visit_id bigint NOT NULL,
    before_visit_id bigint NOT NULL,
    turn_at bigint NOT NULL,
    turn_arrived_at bigint NOT NULL,
    reason text NOT NULL,
    note text,
    moved_at bigint NOT NULL,
    moved_by bigint NOT NULL,
    undone_at bigint,
    CONSTRAINT queue_move_pkey PRIMARY KEY (id),
    CONSTRAINT queue_move_before_visit_id_fkey FOREIGN KEY (before_visit_id) REFERENCES visit(id),
    CONSTRAINT queue_move_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id),
    CONSTRAINT queue_move_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES visit(id)
);

CREATE INDEX queue_move_of_day ON queue_move USING btree (clinic_id, business_day);

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

CREATE TABLE record_copy (
    id bigint NOT NULL,
    clinic_id bigint NOT NULL,
    patient_id bigint NOT NULL,
    purpose text NOT NULL,
    papers text NOT NULL,
    requested_at bigint NOT NULL,
    requested_by bigint NOT NULL,
    fetched_at bigint,
    fetched_by bigint,
    handed_at bigint,
    handed_by bigint,
    version bigint NOT NULL,
    CONSTRAINT record_copy_pkey PRIMARY KEY (id),
    CONSTRAINT record_copy_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id),
    CONSTRAINT record_copy_patient_id_fkey FOREIGN KEY (patient_id) REFERENCES patient(id)
);

CREATE INDEX record_copy_of_patient ON record_copy USING btree (patient_id);

CREATE INDEX record_copy_open ON record_copy USING btree (clinic_id, requested_at) WHERE (handed_at IS NULL);

CREATE TABLE record_print (
    id bigint NOT NULL,
    clinic_id bigint NOT NULL,
    patient_id bigint NOT NULL,
    purpose text NOT NULL,
    note text,
    printed_at bigint NOT NULL,
    printed_by bigint NOT NULL,
    CONSTRAINT record_print_pkey PRIMARY KEY (id),
    CONSTRAINT record_print_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id),
    CONSTRAINT record_print_patient_id_fkey FOREIGN KEY (patient_id) REFERENCES patient(id)
);

CREATE INDEX record_print_of_patient ON record_print USING btree (patient_id);

CREATE TABLE referral (
    id bigint NOT NULL,
    clinic_id bigint NOT NULL,
    business_day text NOT NULL,
    visit_id bigint NOT NULL,
    patient_id bigint NOT NULL,
    main_doctor_id bigint NOT NULL,
    helper_id bigint NOT NULL,
    words text NOT NULL,
    recorded_by bigint NOT NULL,
    recorded_at bigint NOT NULL,
    no_charge_at bigint,
    no_next_at bigint,
    cancelled_at bigint,
    CONSTRAINT referral_pkey PRIMARY KEY (id),
    CONSTRAINT referral_check CHECK ((main_doctor_id <> helper_id)),
    CONSTRAINT referral_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id),
    CONSTRAINT referral_helper_id_fkey FOREIGN KEY (helper_id) REFERENCES staff(id),
    CONSTRAINT referral_main_doctor_id_fkey FOREIGN KEY (main_doctor_id) REFERENCES staff(id),
    CONSTRAINT referral_patient_id_fkey FOREIGN KEY (patient_id) REFERENCES patient(id),
    CONSTRAINT referral_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES visit(id)
);

CREATE INDEX referral_of_day ON referral USING btree (clinic_id, business_day);

CREATE UNIQUE INDEX referral_one ON referral USING btree (visit_id, helper_id) WHERE (cancelled_at IS NULL);

CREATE TABLE register_entry (
    id bigint NOT NULL,
    clinic_id bigint NOT NULL,
    register text NOT NULL,
    business_day text NOT NULL,
    happened_at bigint NOT NULL,
    recorded_at bigint NOT NULL,
    recorded_by bigint NOT NULL,
    patient_id bigint,
    open_key text,
    content text NOT NULL,
    search_text text NOT NULL,
    state text NOT NULL,
    closed_at bigint,
    closed_by bigint,
    version bigint NOT NULL,
    CONSTRAINT register_entry_pkey PRIMARY KEY (id),
    CONSTRAINT register_entry_check CHECK (((state = 'closed'::text) = (closed_at IS NOT NULL))),
    CONSTRAINT register_entry_check1 CHECK (((open_key IS NULL) OR (state = 'open'::text))),
    CONSTRAINT register_entry_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id),
    CONSTRAINT register_entry_patient_id_fkey FOREIGN KEY (patient_id) REFERENCES patient(id),
    CONSTRAINT register_entry_state_check CHECK ((state = ANY (ARRAY['open'::text, 'closed'::text, 'kept'::text, 'void'::text])))
);

CREATE UNIQUE INDEX register_entry_key ON register_entry USING btree (clinic_id, register, open_key) WHERE (open_key IS NOT NULL);

CREATE INDEX register_entry_of_day ON register_entry USING btree (clinic_id, register, business_day);

CREATE INDEX register_entry_of_patient ON register_entry USING btree (patient_id, happened_at);

CREATE INDEX register_entry_open ON register_entry USING btree (clinic_id, register, happened_at) WHERE (state = 'open'::text);

CREATE TABLE register_version (
    entry_id bigint NOT NULL,
    version bigint NOT NULL,
    change text NOT NULL,
    happened_at bigint NOT NULL,
    content text NOT NULL,
    changed_at bigint NOT NULL,
    changed_by bigint NOT NULL,
    reason text,
    CONSTRAINT register_version_pkey PRIMARY KEY (entry_id, version),
    CONSTRAINT register_version_change_check CHECK ((change = ANY (ARRAY['entered'::text, 'closed'::text, 'corrected'::text, 'reopened'::text, 'voided'::text]))),
    CONSTRAINT register_version_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES register_entry(id)
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

CREATE TABLE self_registration (
    id bigint NOT NULL,
    clinic_id bigint NOT NULL,
    token_hash text NOT NULL,
    appointment_id bigint,
    issued_at bigint NOT NULL,
    issued_day text NOT NULL,
    issued_by bigint NOT NULL,
    expires_at bigint NOT NULL,
    address_hash text,
    revoked_at bigint,
    language text,
    answers text,
    notice_version text,
    notice_hash text,
    submitted_at bigint,
    settled_at bigint,
    settled_by bigint,
    outcome text,
    patient_id bigint,
    CONSTRAINT self_registration_pkey PRIMARY KEY (id),
    CONSTRAINT self_registration_appointment_id_fkey FOREIGN KEY (appointment_id) REFERENCES appointment(id),
    CONSTRAINT self_registration_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id),
    CONSTRAINT self_registration_outcome_check CHECK ((outcome = ANY (ARRAY['new'::text, 'known'::text, 'refused'::text]))),
    CONSTRAINT self_registration_patient_id_fkey FOREIGN KEY (patient_id) REFERENCES patient(id),
    CONSTRAINT self_registration_token_hash_key UNIQUE (token_hash)
);

CREATE INDEX self_registration_of_appointment ON self_registration USING btree (appointment_id);

CREATE INDEX self_registration_of_day ON self_registration USING btree (issued_day, address_hash);

CREATE INDEX self_registration_open ON self_registration USING btree (clinic_id, submitted_at, settled_at);

CREATE TABLE service_window (
    id bigint NOT NULL,
    clinic_id bigint NOT NULL,
    number bigint NOT NULL,
    kind text NOT NULL,
    opened_at bigint NOT NULL,
    closed_at bigint,
    CONSTRAINT service_window_pkey PRIMARY KEY (id),
    CONSTRAINT service_window_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id),
    CONSTRAINT service_window_kind_check CHECK ((kind = ANY (ARRAY['desk'::text, 'cashier'::text]))),
    CONSTRAINT service_window_number_check CHECK (((number >= 1) AND (number <= 99)))
);

CREATE UNIQUE INDEX service_window_number ON service_window USING btree (clinic_id, number) WHERE (closed_at IS NULL);

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

CREATE TABLE signature (
    id bigint NOT NULL,
    clinic_id bigint NOT NULL,
    document_kind text NOT NULL,
    document_id bigint NOT NULL,
    content_hash text NOT NULL,
    step text NOT NULL,
    signer_kind text NOT NULL,
    signer_name text NOT NULL,
    signer_id bigint,
    manner text NOT NULL,
    path text,
    signed_at bigint NOT NULL,
    recorded_by bigint NOT NULL,
    CONSTRAINT signature_pkey PRIMARY KEY (id),
    CONSTRAINT signature_check CHECK (((manner = 'drawn'::text) = (path IS NOT NULL))),
    CONSTRAINT signature_check1 CHECK (((signer_kind = 'staff'::text) = (signer_id IS NOT NULL))),
    CONSTRAINT signature_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id),
    CONSTRAINT signature_manner_check CHECK ((manner = ANY (ARRAY['drawn'::text, 'paper'::text]))),
    CONSTRAINT signature_signer_id_fkey FOREIGN KEY (signer_id) REFERENCES staff(id),
    CONSTRAINT signature_signer_kind_check CHECK ((signer_kind = ANY (ARRAY['customer'::text, 'guardian'::text, 'staff'::text])))
);

CREATE INDEX signature_of_document ON signature USING btree (document_kind, document_id, signed_at);

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

CREATE TABLE triage_override (
    id bigint NOT NULL,
    clinic_id bigint NOT NULL,
    business_day text NOT NULL,
    visit_id bigint NOT NULL,
    kind text NOT NULL,
    proposed text NOT NULL,
    chosen text NOT NULL,
    reason text,
    recorded_by bigint NOT NULL,
    recorded_at bigint NOT NULL,
    CONSTRAINT triage_override_pkey PRIMARY KEY (id),
    CONSTRAINT triage_override_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id),
    CONSTRAINT triage_override_kind_check CHECK ((kind = ANY (ARRAY['type'::text, 'doctor'::text]))),
    CONSTRAINT triage_override_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES visit(id)
);

CREATE INDEX triage_override_of_day ON triage_override USING btree (clinic_id, business_day);

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

CREATE TABLE visit_answer (
    visit_id bigint NOT NULL,
    feeling text,
    mood text,
    needs text NOT NULL,
    exempt_reason text,
    exempt_note text,
    recorded_by bigint NOT NULL,
    recorded_at bigint NOT NULL,
    CONSTRAINT visit_answer_pkey PRIMARY KEY (visit_id),
    CONSTRAINT visit_answer_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES visit(id)
);

CREATE TABLE visit_case (
    id bigint NOT NULL,
    clinic_id bigint NOT NULL,
    business_day text NOT NULL,
    visit_id bigint NOT NULL,
    kind text NOT NULL,
    doctor_id bigint,
    why text NOT NULL,
    opened_by bigint NOT NULL,
    opened_at bigint NOT NULL,
    outcome text,
    outcome_doctor_id bigint,
    outcome_appointment_id bigint,
    outcome_day text,
    outcome_note text,
    closed_by bigint,
    closed_at bigint,
    CONSTRAINT visit_case_pkey PRIMARY KEY (id),
    CONSTRAINT visit_case_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id),
    CONSTRAINT visit_case_doctor_id_fkey FOREIGN KEY (doctor_id) REFERENCES staff(id),
    CONSTRAINT visit_case_outcome_appointment_id_fkey FOREIGN KEY (outcome_appointment_id) REFERENCES appointment(id),
    CONSTRAINT visit_case_outcome_doctor_id_fkey FOREIGN KEY (outcome_doctor_id) REFERENCES staff(id),
    CONSTRAINT visit_case_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES visit(id)
);

CREATE INDEX visit_case_of_day ON visit_case USING btree (clinic_id, business_day);

CREATE UNIQUE INDEX visit_case_once ON visit_case USING btree (visit_id, kind);

CREATE TABLE visit_case_step (
    id bigint NOT NULL,
    case_id bigint NOT NULL,
    kind text NOT NULL,
    staff_id bigint,
    minutes bigint,
    on_day text,
    note text,
    recorded_by bigint NOT NULL,
    recorded_at bigint NOT NULL,
    CONSTRAINT visit_case_step_pkey PRIMARY KEY (id),
    CONSTRAINT visit_case_step_case_id_fkey FOREIGN KEY (case_id) REFERENCES visit_case(id),
    CONSTRAINT visit_case_step_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(id)
);

CREATE INDEX visit_case_step_of_case ON visit_case_step USING btree (case_id);

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

CREATE TABLE visit_request (
    id bigint NOT NULL,
    clinic_id bigint NOT NULL,
    business_day text NOT NULL,
    visit_id bigint NOT NULL,
    kind text NOT NULL,
    text text NOT NULL,
    doctor_id bigint,
    asked_by bigint NOT NULL,
    asked_at bigint NOT NULL,
    result text,
    result_note text,
    closed_by bigint,
    closed_at bigint,
    CONSTRAINT visit_request_pkey PRIMARY KEY (id),
    CONSTRAINT visit_request_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id),
    CONSTRAINT visit_request_doctor_id_fkey FOREIGN KEY (doctor_id) REFERENCES staff(id),
    CONSTRAINT visit_request_kind_check CHECK ((kind = ANY (ARRAY['help'::text, 'wish'::text, 'question'::text]))),
    CONSTRAINT visit_request_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES visit(id)
);

CREATE INDEX visit_request_of_day ON visit_request USING btree (clinic_id, business_day);

CREATE INDEX visit_request_of_visit ON visit_request USING btree (visit_id);

CREATE TABLE wait_estimate (
    id bigint NOT NULL,
    clinic_id bigint NOT NULL,
    business_day text NOT NULL,
    visit_id bigint NOT NULL,
    doctor_id bigint,
    told_minutes bigint NOT NULL,
    system_minutes bigint,
    told_at bigint NOT NULL,
    told_by bigint NOT NULL,
    CONSTRAINT wait_estimate_pkey PRIMARY KEY (id),
    CONSTRAINT wait_estimate_clinic_id_fkey FOREIGN KEY (clinic_id) REFERENCES clinic(id),
    CONSTRAINT wait_estimate_doctor_id_fkey FOREIGN KEY (doctor_id) REFERENCES staff(id),
    CONSTRAINT wait_estimate_told_minutes_check CHECK (((told_minutes >= 0) AND (told_minutes <= 600))),
    CONSTRAINT wait_estimate_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES visit(id)
);

CREATE INDEX wait_estimate_of_day ON wait_estimate USING btree (clinic_id, business_day);

CREATE INDEX wait_estimate_of_visit ON wait_estimate USING btree (visit_id);

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
