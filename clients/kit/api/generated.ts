/**
 * Generated from openapi.json by `npm run gen`. Do not edit.
 */

export type paths = {
    "/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The keys, and what can be chosen for them. */
        get: operations["list_api_keys"];
        put?: never;
        /** Makes a key. It is shown this once. */
        post: operations["create_api_key"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api-keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revokes a key: from now on it opens nothing. It stays in the list, because the audit log shows its name. */
        delete: operations["revoke_api_key"];
        options?: never;
        head?: never;
        /** Renames a key, gives it other scopes or another end. 409 where it was revoked. */
        patch: operations["change_api_key"];
        trace?: never;
    };
    "/archive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Sealed consultations, newest first: all for supervisors, for operators those in which they took part. */
        get: operations["list_archive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/archive/{consultation_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Opens a sealed consultation; each reading is an audit entry. */
        get: operations["read_archive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/archive/{consultation_id}/certificate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What proves an erasure. */
        get: operations["erasure_certificate"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/archive/{consultation_id}/erase": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Erases what was said in a sealed consultation: the keys of its records are destroyed, and nobody can undo it. */
        post: operations["erase_record"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/archive/due": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Sealed consultations whose time is over in the days to come, the first that goes first; with counts by class and queue. */
        get: operations["list_due"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/archive/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sealed consultations and call-backs in which these words stand, the newest first, as far as the caller may read them. Each search is an audit entry, and so
         *     is each consultation and call-back of which it shows words. Who asks for a tag, a field, stars or a conclusion, or for none, asks for consultations.
         */
        post: operations["search_archive"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The audit log, newest first. */
        get: operations["list_audit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The check of the audit log that was asked for last, and what came out. */
        get: operations["audit_proof"];
        put?: never;
        /**
         * Checks that no entry of the audit log was changed, moved, removed or cut off: every one up to the last there is now. It goes on beside everything else, one at
         *     a time: asked for while it runs, it is joined. That it was asked for is an entry of the log.
         */
        post: operations["prove_audit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/callbacks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists call-backs: the patient's own, or what staff or a partner's system asks to see; an operator's are those that wait in a queue of his and those that he has
         *     or had last.
         * @description For patients only `phase`, `sort`, `limit` and `cursor` count.
         */
        get: operations["list_callbacks"];
        put?: never;
        /**
         * Orders a call-back; the same `request_id` gives the same one.
         * @description At most one is open in a conversation (the queues of a circle): 409 with `callback_id` where there is one; move or cancel it. A window lies in one working
         *     time of the queue: 422 `outside-hours` with `opens_at` where it does not.
         */
        post: operations["order_callback"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/callbacks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One call-back. */
        get: operations["get_callback"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/callbacks/{id}/again-later": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Says that the patient was reached and wants to be called another time: it waits again. The operator leaves the room. */
        post: operations["callback_again_later"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/callbacks/{id}/calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Calls the patient in the app; where a call is open in the conversation, the caller joins it.
         * @description Only who has taken the call-back, once he is in the conversation's room; 409 for one that was ordered by the form. It rings and answers as
         *     `POST /consultations/{id}/calls` does; the call-back is then in phase `calling` until the operator says what came of it.
         */
        post: operations["call_back"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/callbacks/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Withdraws one: the patient his own until it is done, staff what it has in its hands, a supervisor any. */
        post: operations["cancel_callback"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/callbacks/{id}/consultation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begins a consultation in the call-back's queue, which the operator who has taken the call-back leads at once, as if the patient had asked and he had taken
         *     it: colleagues can be asked in, and it is sealed.
         * @description A call that is on in the conversation is part of it. 409 with `consultation_id` where one is open in the conversation, and for a call-back that was ordered by
         *     the form. The call-back itself stays as it is.
         */
        post: operations["consult_on_callback"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/callbacks/{id}/done": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Finishes one with what came of it; it is sealed at once and is then in phase `archived`. */
        post: operations["finish_callback"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/callbacks/{id}/move": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The patient moves his own to another time, until somebody calls; 422 `outside-hours` as for an order. */
        post: operations["move_callback"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/callbacks/{id}/no-answer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Says that nobody answered: it waits to be tried again, by whoever takes it. The operator leaves the room. */
        post: operations["callback_not_answered"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/callbacks/{id}/notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Writes down what staff has to know, as a step of the history. */
        post: operations["note_on_callback"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/callbacks/{id}/record": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Opens the sealed record; each reading is an audit entry. Any for supervisors, for operators those that they had in their hands last. */
        get: operations["callback_record"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/callbacks/{id}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Gives one back: it waits again. The operator leaves the room. */
        post: operations["release_callback"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/callbacks/{id}/take": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes one that waits; of several who press at once exactly one gets it, the others are told who. The operator comes into the conversation's room. */
        post: operations["take_callback"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/callbacks/{id}/telephone": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Says that the operator calls by telephone. */
        post: operations["telephone_callback"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Calls, newest first: the patient's own, or those that staff asks to see; an operator's are those that he was in, and those of consultations of which he sees
         *     something.
         */
        get: operations["list_calls"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calls/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One call, for staff with its patient. */
        get: operations["get_call"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calls/{id}/answer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Answers; 409 where another device was faster. */
        post: operations["answer_call"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calls/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The caller gives up a call that rings. */
        post: operations["cancel_call"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calls/{id}/decline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Declines a call that rings. */
        post: operations["decline_call"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calls/{id}/hang-up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Hangs up; the call ends unless a colleague stays in it. */
        post: operations["hang_up_call"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calls/{id}/quality": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the apps measured of a call. */
        get: operations["call_quality"];
        put?: never;
        /** What the caller's app measured since its last report; send it each 10 seconds while in the call. */
        post: operations["report_call_quality"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calls/{id}/stand-by": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What the device of somebody at whom a call rings needs to make its way to the media server before he answers, so that nobody waits for it then.
         * @description It waits there unseen, sees and hears nothing, and is in no record; `answer` lets it in, with the same `member_id`.
         */
        post: operations["stand_by"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calls/{id}/token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A new token for a call that is on: to come back after the connection was lost for good, or to join a colleague's call. */
        post: operations["call_token"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calls/availability": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether calls work, and how the media server is reached. */
        get: operations["call_availability"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/canned": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All canned replies that the caller may use: the shared ones and his own. */
        get: operations["list_canned"];
        put?: never;
        /** Makes a canned reply: a personal one, or as a supervisor a shared one. */
        post: operations["create_canned"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/canned/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Writes a canned reply anew. */
        put: operations["change_canned"];
        post?: never;
        /** Removes a canned reply; who changed what stays. */
        delete: operations["remove_canned"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/canned/{id}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who changed a canned reply, what and when; of a removed one too. */
        get: operations["canned_versions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/checklist": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What has to be done before real patients come, and how it stands now. */
        get: operations["checklist"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/checklist/{item}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Says that an item is done which no machine can see; an audit entry. 422 for one that is seen. */
        put: operations["mark_checklist"];
        post?: never;
        /** Takes it back; an audit entry too. */
        delete: operations["unmark_checklist"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/consultations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists consultations: the patient's own, or what staff or a partner's system asks to see. An operator's are those that wait in a queue of his, or for him, and
         *     those that he takes or took part in; supervisors' are all.
         */
        get: operations["list_consultations"];
        put?: never;
        /** Asks for a consultation; the same `request_id` gives the same one. */
        post: operations["request_consultation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/consultations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One consultation. Of those that his list would never show an operator is told that there is none. */
        get: operations["get_consultation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/consultations/{id}/answers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the patient answered to what the service asks, with the questions. */
        get: operations["own_answers"];
        /**
         * The patient answers anew while nobody has taken his consultation. All answers at once, checked as when he asked; the consultation is as urgent as they are.
         * @description 409 once it was taken, or where the answers are not those any more that he saw.
         */
        put: operations["change_answers"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/consultations/{id}/calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Calls the other side of a consultation; where a call is open there already, the caller joins it.
         * @description The other side's apps ring as soon as this is answered, by the event stream. Without a ticket the patient is in another call.
         */
        post: operations["start_call"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/consultations/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The patient withdraws a consultation that nobody took yet. */
        post: operations["cancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/consultations/{id}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The lead or a supervisor closes it: operators leave the room, the transcript is sealed. */
        post: operations["close"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/consultations/{id}/conclusion/amend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The lead, who led it last, or a supervisor signs a further version, with the reason; the ones before stay. */
        post: operations["amend_conclusion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/consultations/{id}/conclusion/draft": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What is written and not signed yet, else what was signed last; each reading is an audit entry.
         * @description For who takes part in the consultation, or did to its end, and supervisors.
         */
        get: operations["conclusion_draft"];
        /**
         * Saves what is written. 409 with `changed_by` where a colleague saved or signed meanwhile.
         * @description For who takes part, observers aside; after the end for who led it last; for supervisors.
         */
        put: operations["save_conclusion"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/consultations/{id}/conclusion/pdf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A signed version as PDF; each reading is an audit entry. The same version is always the same document. */
        get: operations["conclusion_pdf"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/consultations/{id}/conclusion/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The draft as PDF, marked as one on each page. */
        get: operations["conclusion_preview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/consultations/{id}/conclusion/sign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The lead or a supervisor signs the draft of that version. The patient is told, and reads it from then on.
         * @description 422 names the sections that are missing.
         */
        post: operations["sign_conclusion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/consultations/{id}/conclusion/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was signed, newest first: the patient's own; an operator's as far as he took part; any for supervisors. */
        get: operations["conclusion_versions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/consultations/{id}/device-check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** The patient has tested the device for a call: whoever takes the consultation sees what came of it, the latest alone. 409 once it is over. */
        put: operations["check_devices"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/consultations/{id}/fhir": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A sealed consultation as a `Bundle` of FHIR R4 (type `collection`): patient, practitioners, encounter, answers, messages and calls, files, conclusions.
         * @description For whoever may read it in the archive, and as much of it; each one is an audit entry, as a reading. 409 while it is not over. The same record gives the same
         *     bytes; ids and identifiers stay the same for ever. Bytes and keys of files are not inside, nor notes of staff.
         */
        get: operations["consultation_fhir"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/consultations/{id}/fields": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Changes what stands in fields of a consultation. What is left out stays; null empties.
         * @description 403 where a field is another's to fill in; 410 where the consultation was erased.
         */
        patch: operations["change_consultation_fields"];
        trace?: never;
    };
    "/consultations/{id}/hold": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The lead puts it aside. */
        post: operations["hold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/consultations/{id}/macros/{macro_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Does everything that a macro does besides its text, which the client has sent before: all of it, or nothing.
         * @description What is refused is a problem, with `macro_step` where it is one of the steps.
         */
        post: operations["run_macro"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/consultations/{id}/macros/{macro_id}/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Whether a macro could be run on a consultation just now: every step is tried and nothing is kept. Ask before its text is sent.
         * @description What is refused is a problem, with `macro_step` where it is one of the steps.
         */
        post: operations["check_macro"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/consultations/{id}/participants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The lead or a supervisor asks a colleague in, who then reads, writes and joins its calls. One who is there already takes the new role.
         * @description An `observer` reads and listens: his messages are refused by the homeserver (`M_FORBIDDEN`), the media server takes nothing that he sends, and he neither
         *     begins nor answers a call.
         */
        post: operations["invite"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/consultations/{id}/participants/{operator_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** A colleague leaves, or the lead or a supervisor sends him out: from then on he reads nothing that is said, and is in no call of it. */
        delete: operations["dismiss"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/consultations/{id}/pass": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Leaves what is offered to the caller to others. It keeps its place; he is not asked again for it for a while.
         * @description 409 `offered` where it is offered to a colleague.
         */
        post: operations["pass"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/consultations/{id}/person": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Corrects for whom a consultation is, before its end: its lead, or a supervisor. The patient is told in the conversation. 409 where it is about somebody else by
         *     now than was seen, and `consents-missing` where what is required is not agreed to for that one.
         */
        put: operations["correct_person"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/consultations/{id}/queue-invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whom a consultation's team asked so, and what became of it. */
        get: operations["list_queue_invitations"];
        put?: never;
        /**
         * The lead or a supervisor asks all who serve a queue and are on duty, for two minutes. Where they are asked already, the answer is that invitation.
         * @description 409 `nobody-there` where none of them is on duty.
         */
        post: operations["ask_queue"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/consultations/{id}/queue-invitations/{invitation_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Who asked, who leads the consultation, or a supervisor asks no more. One that is over stays what it became. */
        delete: operations["take_back_queue_invitation"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/consultations/{id}/rating": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was said: the patient's own; for who took part to the end, and supervisors. */
        get: operations["consultation_rating"];
        /** Says what he thought of his consultation, or something else than before. 409 where it is not closed, or closed longer than two weeks. */
        put: operations["rate_consultation"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/consultations/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The lead goes on. */
        post: operations["resume"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/consultations/{id}/tags/{tag_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Puts a tag on a consultation; one that is there stays. */
        put: operations["add_tag"];
        post?: never;
        /** Takes a tag off a consultation; one that is not there stays away. */
        delete: operations["remove_tag"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/consultations/{id}/take": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes a waiting consultation; of several who press at once exactly one gets it, the others are told who. What is offered to somebody only he can take
         *     meanwhile: 409 `offered`.
         */
        post: operations["take"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/consultations/{id}/take-over": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A supervisor leads it from now on, and who led it goes: the patient waits for nobody, a call that is on goes on, and the patient is told who is with him.
         * @description Of several who take over from the same lead exactly one does, the others are told who: 409 `taken`.
         */
        post: operations["take_over"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/consultations/{id}/transfer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The lead or a supervisor hands it back to a queue or on to a colleague, with a note. */
        post: operations["transfer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/consultations/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Does one thing to several consultations: each as by hand and by itself, so that what one is refused takes nothing from the others. 200 also where some, or
         *     all, were refused: `rows` says of each what became of it, with the problem that it would be answered alone.
         * @description A macro that writes to the patient is refused: it is run in each conversation.
         */
        post: operations["act_on_several"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/consultations/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Several consultations as a table, as far as the caller's list shows them. Each that is given out is an audit entry. */
        post: operations["export_consultations"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/conversations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The patient's own conversations. */
        get: operations["list_conversations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/conversations/{id}/history-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Asks the keeper for a fresh bundle of the history's keys, for the caller's devices. */
        post: operations["ask_history_keys"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/conversations/{id}/notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Notes on a conversation, newest first; each reading is an audit entry, as that of the card is.
         * @description For who takes or took part in one of its consultations, may take the one that waits, is a supervisor, or was mentioned in them lately.
         */
        get: operations["list_notes"];
        put?: never;
        /** Writes a note on a conversation; the same `request_id` gives the same one. */
        post: operations["write_note"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/demo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What there is of a demonstration, and how far its removal is. */
        get: operations["demo"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/demo/removal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Removes all of it: accounts, consultations, call-backs, records. Nobody can undo it. It goes on by itself, over a restart too; asked again meanwhile, nothing
         *     more is begun. 409: there is nothing, or the caller is one of its accounts; 422: the brand's name was not typed.
         */
        post: operations["remove_demo"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/doctor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The look at the installation that was asked for last, and what was found. */
        get: operations["doctor_report"];
        put?: never;
        /**
         * Looks at the installation as `consilium doctor` does: configuration, disk, key, addresses, certificate, stores, archive, media server, clock, backups. It goes on
         *     beside everything else, one at a time: asked for while it runs, it is joined. Nothing is repaired. That it was asked for is an entry of the audit log. 409 where
         *     the service runs without what looks.
         */
        post: operations["examine"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What changes, as server-sent events.
         * @description `Last-Event-ID` resumes without a gap: the stream subscribes before it reads the log. Without it the stream begins now, so open the stream first and load
         *     lists second. Events: `consultation`, `queue`, `operator`, `keys`, `custody`, `call`, `callback`, `note`, `mention`, `queue_invitation`, `canned`, `macro`, `tag`, `view`, `view_order`, `rule`, `follow_up`, `patient`, `viewing`, `gone`, `resync`. A comment comes each 15 seconds.
         */
        get: operations["stream"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/fields": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The brand's own fields, in the caller's language. */
        get: operations["list_fields"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Keeps a file, for macros and canned replies to name it. The same one is kept once; one that nothing names goes after thirty days. */
        post: operations["keep_desk_file"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/files/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What stands in a file. The client of whoever runs a macro, or inserts a canned reply, sends it into the conversation, encrypted. */
        get: operations["read_desk_file"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/follow-ups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Follow-ups that the caller may see: his own, those that he made, those of his queues; a supervisor sees all. */
        get: operations["list_follow_ups"];
        put?: never;
        /** Makes a follow-up; the same `request_id` gives the same one. 409 where there are as many for the patient as there may be. */
        post: operations["make_follow_up"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/follow-ups/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A follow-up. */
        get: operations["get_follow_up"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Puts a follow-up off, hands it on, or says something else in it. What is left out stays. 409 where somebody changed it meanwhile, or it is over. */
        patch: operations["change_follow_up"];
        trace?: never;
    };
    "/follow-ups/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** It is not needed any more. */
        post: operations["cancel_follow_up"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/follow-ups/{id}/done": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Somebody came back to it. */
        post: operations["do_follow_up"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/follow-ups/message": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** With what a message to a patient may begin: the brand's words in his language, and whether there is a conversation in which it could stand. */
        get: operations["follow_up_message"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/holds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Legal holds, the last that was placed first. */
        get: operations["list_holds"];
        put?: never;
        /** Puts a hold on a record, or on all records of a patient, those to come too. */
        post: operations["place_hold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/holds/{id}/lift": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Lifts a hold. What it held stands in the list of what goes for a day before it does. */
        post: operations["lift_hold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/macros": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All macros of the brand, archived ones too. */
        get: operations["list_macros"];
        put?: never;
        /** Makes a macro. */
        post: operations["create_macro"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/macros/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Writes a macro anew, archives it, or takes it back into use. */
        put: operations["change_macro"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who the caller is and what he may do. */
        get: operations["get_me"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** The patient changes his own card. */
        patch: operations["change_me"];
        trace?: never;
    };
    "/me/backup-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The secret that opens the patient's secret storage, for a device that he has just signed in on.
         * @description Needs a sign-in of the last ten minutes (`sign-in-stale` otherwise). Each release is an entry of the audit log and is told to all his devices.
         */
        post: operations["backup_secret"];
        /** The patient takes the secret into his own hands: the keeper destroys its copy. */
        delete: operations["take_backup_secret"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/consents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the patient is asked to agree to, with the texts of today, and what he decided. */
        get: operations["my_consents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/consents/{purpose}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Agrees to the text that was shown. 409 `consent-changed` where it is another one by now. */
        put: operations["give_consent"];
        post?: never;
        /** Withdraws a consent; what that does stands in `withdrawal`. Gives all of them as they stand then. */
        delete: operations["withdraw_consent"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/deletion": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the deletion of the account would do: what goes, what stays and until when, and what stands in its way. */
        get: operations["my_deletion"];
        put?: never;
        /**
         * Deletes the account for good. Asked again, it gives the same receipt for as long as the token works.
         * @description Needs a sign-in of the last ten minutes (`sign-in-stale` otherwise). `conflict` while a consultation, a call or a call-back is open.
         */
        post: operations["delete_me"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Everything that the patient may have, as one ZIP archive: a readable `index.html`, `data.json`, conclusions and files. Each one is an audit entry.
         * @description Needs a sign-in of the last ten minutes (`sign-in-stale` otherwise); two at once, then one in five minutes. What could not be read is named in it.
         */
        get: operations["export_me"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/persons": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The persons whom the caller acts for. */
        get: operations["my_persons"];
        put?: never;
        /** Adds one; the same `request_id` gives the same one. */
        post: operations["add_person"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/persons/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Removes one: hidden where something was asked or agreed to for him, so that it is not lost, else deleted. Gives those that are left. */
        delete: operations["remove_person"];
        options?: never;
        head?: never;
        /** Changes one. What is left out stays; `active` brings back who was removed. */
        patch: operations["change_person"];
        trace?: never;
    };
    "/me/persons/{id}/consents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the caller is asked to agree to for a person, with the texts of today, and what he decided. */
        get: operations["my_persons_consents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/persons/{id}/consents/{purpose}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Agrees for a person to the text that was shown. 409 `consent-changed` where it is another one by now. */
        put: operations["give_persons_consent"];
        post?: never;
        /** Withdraws a consent that was given for a person. Gives all of them as they stand then. */
        delete: operations["withdraw_persons_consent"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/rehearsal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The caller plays the patient. An account that came here after the rehearsal was begun is marked as the demonstration's. 409: somebody else plays him. */
        post: operations["join_rehearsal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/mentions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Notes in which colleagues mention the caller, newest first. */
        get: operations["list_mentions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/mentions/{id}/seen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The caller has looked at a mention. */
        post: operations["see_mention"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/merges/{id}/separate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Separates two cards again: each has what is its own account's, what came after the merge and was changed meanwhile too. 409 where they are separate. */
        post: operations["separate_patients"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/notes/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Its author before `editable_until`, or a supervisor, deletes a note; who wrote it and who deleted it stays. */
        delete: operations["delete_note"];
        options?: never;
        head?: never;
        /** Its author writes a note anew, before `editable_until`; what it said is kept. */
        patch: operations["change_note"];
        trace?: never;
    };
    "/notes/{id}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a note said before it was edited; each reading is an audit entry. */
        get: operations["note_versions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operators": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All members of staff. */
        get: operations["list_operators"];
        put?: never;
        /** Makes an account a member of staff. */
        post: operations["create_operator"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operators/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Changes a member of staff. */
        patch: operations["change_operator"];
        trace?: never;
    };
    "/operators/{id}/approve-identity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Accepts an operator's replaced encryption identity: until then he gets no keys. Audited. */
        post: operations["approve_identity"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operators/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was changed of a member of staff, when and by whom. */
        get: operations["operator_history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operators/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Makes a member of staff again what he was in an earlier version. */
        post: operations["restore_operator"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operators/{id}/status-history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Statuses of an operator, newest first: his own, or anyone's for a supervisor. */
        get: operations["status_history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operators/me/heartbeat": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The caller's console is alive; send it each 30 seconds. */
        post: operations["heartbeat"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operators/me/leaving": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What would become of what the caller leads, if he went now, and what he can choose. */
        get: operations["leaving"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operators/me/queue-invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Invitations that wait for a word of the caller, those by which he asks himself, and those of the last twelve hours after which nobody came, until he has seen it. */
        get: operations["my_queue_invitations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operators/me/returned": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What went back to the queue while the caller's console was lost, in the last seven days. */
        get: operations["returned"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operators/me/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** The caller says what he is ready for. */
        put: operations["set_status"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operators/me/wrapped-up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The caller has wound up after a call: he is offered patients again. */
        post: operations["wrapped_up"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/patients": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists patients. That a partner's system was shown them is an audit entry. */
        get: operations["list_patients"];
        put?: never;
        /**
         * Makes a patient: his card, an account that has no password yet, and a link by which he comes once and sets it. Nobody is written to, and nothing is agreed to in
         *     his name.
         * @description The same `request_id` again gives the same patient, without the link: it is shown once. A partner's system that names an `external_id` which a patient has gets
         *     that patient; staff is refused (409).
         */
        post: operations["make_patient"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/patients/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A patient's card; each reading is an audit entry. An operator finds there the conversations and consultations that his lists show him. */
        get: operations["get_patient"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Changes a patient's card. What is left out stays; null clears. 409 where another patient has the `external_id`. */
        patch: operations["change_patient"];
        trace?: never;
    };
    "/patients/{id}/callbacks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Orders a call-back for a patient, who sees it as his own. Nothing is agreed to in his name: 409 `consents-missing` where he has to agree to something first.
         * @description At most one is open in a conversation: 409 with `callback_id` where there is one that the caller may see. A window lies in one working time of the queue: 422
         *     `outside-hours` with `opens_at` where it does not.
         */
        post: operations["open_callback"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/patients/{id}/consents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All that a patient gave and withdrew, for himself and for others, with the texts that he was shown; each reading is an audit entry. */
        get: operations["patient_consents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/patients/{id}/consultations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Opens a consultation for a patient, who sees it as his own and is told by the service that his request came; nothing is said in his name, and nothing is agreed to:
         *     409 `consents-missing` where he has to agree to something first.
         * @description At most one is open in a conversation (the queues of a circle): 409 with `consultation_id` where there is one, and without it for a member of staff who sees
         *     nothing of that one; 429 where the queue is full.
         */
        post: operations["open_consultation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/patients/{id}/deletion": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the deletion of a patient's account would do, or did. */
        get: operations["patient_deletion"];
        put?: never;
        /** Deletes a patient's account at his written request. Nobody can undo it; asked again, it gives the same receipt. */
        post: operations["delete_patient"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/patients/{id}/dismissed-duplicates/{other_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Says of another card, which is suggested on this one, that they are two people's: neither is suggested beside the other any more. The same once more changes
         *     nothing. Supervisors can merge the two all the same. 409 where nothing suggests that they are one person's, and where they are on one card.
         */
        put: operations["dismiss_duplicate"];
        post?: never;
        /** Takes it back: what looks like one person's is suggested again. Where nobody said so, nothing changes. */
        delete: operations["restore_duplicate"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/patients/{id}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The same copy at the patient's written request; an audit entry too. */
        get: operations["export_patient"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/patients/{id}/invitation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The invitation of a patient whom the desk or a partner's system made, without its link. */
        get: operations["patient_invitation"];
        put?: never;
        /** Makes a new link, which is shown this once; the former one does nothing any more. 404: he came by himself; 409: he has set his password already. */
        post: operations["renew_invitation"];
        /** Takes the link back; one that does nothing any more stays as it is. 404: he came by himself; 409: he has set his password already. */
        delete: operations["take_back_invitation"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/patients/{id}/merges": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All merges that a card is or was in, the last first; of those that stand, what each side would say without it. */
        get: operations["patient_merges"];
        put?: never;
        /**
         * Shows another card on this one. Nothing is moved: each account keeps its record, rooms, consents and words. 409 where either has changed since it was `seen`,
         *     and where something stands against it. Nothing does where somebody said that they are two people's.
         */
        post: operations["merge_patients"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/patients/{id}/merges/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Two cards side by side, and what stands against showing the second on this one. It is a reading of either, and an audit entry of either. */
        get: operations["preview_merge"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/patients/{id}/notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Notes on a patient, of the conversations whose notes are open to the caller, newest first; each reading is an audit entry. */
        get: operations["list_patient_notes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/patients/{id}/persons/{person_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A person's card with his consultations; each reading is an audit entry. */
        get: operations["person_card"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/patients/{id}/persons/{person_id}/consents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All that was agreed to and withdrawn for a person, with the texts that were shown; each reading is an audit entry. */
        get: operations["person_consents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/patients/{id}/sign-ins": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where a patient is signed in, and what staff ended of it. A reading of his card: an audit entry. */
        get: operations["patient_sign_ins"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/patients/{id}/sign-out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ends sign-ins of a patient, at his word; `precaution`, without it, is for supervisors. Gives what stays; an audit entry with the reason.
         * @description What ended is refused from the answer on, its streams end, and whoever has it is told at whose word. What is not there (any more) is passed over.
         */
        post: operations["sign_out_patient"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/patients/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Whom a card that is not made yet looks like: the same telephone number, e-mail address or name. 422 where a field cannot be so. */
        post: operations["check_patient"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/patients/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Several patients as a table: for supervisors, since it carries personal data out of the service. Each that is given out is an audit entry. */
        post: operations["export_patients"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/public/callbacks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Orders a call-back. `challenge-failed` (403): get another challenge; 409: the consent's text has changed; 422 `outside-hours`: nobody works in all of the
         *     window; 429: as the header says.
         */
        post: operations["order_public_callback"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/public/callbacks/challenge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the form needs: a challenge, its queues, and the text to agree to, in the language of `Accept-Language`.
         * @description For pages of the tenant's own origin and of the sites that the brand names (`callback_form.origins`); 404 where the brand has no form.
         */
        get: operations["callback_challenge"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/public/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Whom a link invites. It stands in the body, so that it stands in no address. 404: there is no such link; `invitation-over` (410) with what became of it; 429: as
         *     the header says.
         */
        post: operations["open_invitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/public/invitations/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sets the password of the account that a link is of; it works once. Who has set it signs in at the homeserver as everybody does. 422: the password is too short;
         *     everything else as for `POST /public/invitations`.
         */
        post: operations["accept_invitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/public/rehearsals/{code}/opened": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The patient's app was opened by a rehearsal's address. 404: it is over, or there was none. */
        post: operations["rehearsal_opened"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/queue-invitations/{id}/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The caller comes in. Of several who accept exactly one does: the others are told who, 409 `taken`.
         * @description 409 `queue-invitation-over` where it is over, with what became of it.
         */
        post: operations["accept_queue_invitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/queue-invitations/{id}/decline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The caller does not come; it vanishes for him. Where all have said so, it is over. */
        post: operations["decline_queue_invitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/queue-invitations/{id}/seen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Who asked has read that nobody came: it is told to him no more. */
        post: operations["see_queue_invitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/queues": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All queues of the brand with their load. For any key of a partner's system, too: it opens something in one of them. */
        get: operations["list_queues"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/queues/{id}/hours": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** When a queue works today and in the thirteen days after it, with holidays and closures. */
        get: operations["queue_hours"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rehearsal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The rehearsal that was begun last, and whether the caller is met by one. */
        get: operations["rehearsal"];
        put?: never;
        /** Begins one; one that is open ends. */
        post: operations["begin_rehearsal"];
        /** Leaves the one that is open. */
        delete: operations["end_rehearsal"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rehearsal/skip": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The caller does not want to be met by it any more. */
        post: operations["skip_rehearsal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/consultations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a period was like, by hour, day, week, queue or operator. */
        get: operations["consultation_report"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/consultations.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The same as a table for a spreadsheet. */
        get: operations["consultation_report_csv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/consultations/behind": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The consultations, calls or call-backs behind a number of a report. */
        get: operations["behind_report"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/now": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The desk now, and today so far. */
        get: operations["wallboard"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rules/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What rules did, newest first; kept for 90 days, and no longer than what they ran on. */
        get: operations["list_rule_runs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rules/runs/{id}/seen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes note of an alarm, for all supervisors. Whoever comes second changes nothing, and sees who was first. */
        post: operations["see_rule_alarm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rules/try": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a rule, kept or not, would have matched among what was there last, and why. Nothing is changed. */
        post: operations["try_rule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/services": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The services of the brand, with who is there and how long it takes. */
        get: operations["list_services"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All sections. */
        get: operations["list_settings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/settings/{section}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One section. */
        get: operations["read_settings"];
        /** Makes a further version of a section. A section that is not there is made, from version 0. */
        put: operations["change_settings"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/settings/{section}/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Says how a content would do, and changes nothing. */
        post: operations["check_settings"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/settings/{section}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who changed what. */
        get: operations["settings_history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/settings/{section}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Makes a further version with the content of an earlier one. */
        post: operations["restore_settings"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/settings/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What holds as the `brand.toml` of a brand folder, with the tags, canned replies and macros that are in use. */
        get: operations["export_settings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/statuses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Statuses of the brand's own that can be chosen. */
        get: operations["list_statuses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All tags of the brand, archived ones too. */
        get: operations["list_tags"];
        put?: never;
        /** Makes a tag. */
        post: operations["create_tag"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tags/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Writes a tag anew, archives it, or takes it back into use. */
        put: operations["change_tag"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/view-order": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Puts all views that the caller sees in his own order. */
        put: operations["arrange_views"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/viewing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Says what the caller's console shows, and hears who else has it open; later changes come as `event: viewing`.
         * @description Said again at least each 15 seconds: what is not said for 30 is over. A record that is not there, or that the caller may not see, is as
         *     none: `record` is null, and nothing is heard of it.
         */
        put: operations["say_viewing"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/views": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All views that the caller sees, in his order: his own, and those that are shared with him. */
        get: operations["list_views"];
        put?: never;
        /** Makes a view. Its query is the list's own and is read as the list reads it: 422 with what the list would refuse. Supervisors may share it. */
        post: operations["create_view"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/views/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Writes a view anew, shares it, removes it, or takes it back for a day after. Its owner does; of a colleague's a supervisor may end the sharing. */
        put: operations["change_view"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All endpoints, and what can be chosen for them. */
        get: operations["list_webhooks"];
        put?: never;
        /** Makes an endpoint. Its secret is shown this once. */
        post: operations["create_webhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Removes an endpoint, with what was on its way there. */
        delete: operations["remove_webhook"];
        options?: never;
        head?: never;
        /** Changes an endpoint. One that is switched on again goes on with what waited for it. */
        patch: operations["change_webhook"];
        trace?: never;
    };
    "/webhooks/{id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The log of an endpoint's deliveries, newest first; kept for 30 days. */
        get: operations["list_webhook_deliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/{id}/deliveries/{event_id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sends one event again, now, under its own `webhook-id`. */
        post: operations["replay_webhook_delivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sends the events of a time again, those of the types that the endpoint has chosen, in their order. Events are kept for 30 days. */
        post: operations["replay_webhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/{id}/secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Another secret, shown this once. The one before signs too for 24 hours. */
        post: operations["replace_webhook_secret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sends `webhook.test`, once, also to an endpoint that is off. The log says what became of it. */
        post: operations["test_webhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
};
export type webhooks = Record<string, never>;
export type components = {
    schemas: {
        /** @description `POST /public/invitations/accept` */
        AcceptInvitation: {
            /** @description The password that the patient sets: at least 8 characters, at most 1,024 bytes. */
            password: string;
            /** @description What stands in the link behind the `#`. */
            secret: string;
        };
        /** @description Who did something, with the name to show. */
        Actor: {
            /** @description What he is. */
            kind: components["schemas"]["ActorKind"];
            /** @description Empty for the service itself. */
            name: string;
        };
        /**
         * @description Who did something.
         * @enum {string}
         */
        ActorKind: "patient" | "operator" | "partner" | "system";
        /** @description `POST /callbacks/{id}/again-later`: the patient was reached and wants another time. */
        AgainLaterRequest: {
            /** @description For staff. */
            note?: string | null;
            /** @description The patient's time zone (IANA); left out: that of the order. */
            time_zone?: string | null;
            window?: components["schemas"]["CallbackWindowRequest"] | null;
        };
        /** @description `POST /consultations/{id}/conclusion/amend` */
        AmendConclusion: {
            /** @description Why, 1 to 1000 characters. The patient reads it too. */
            reason: string;
            /**
             * Format: int64
             * @description The version of the draft that was read.
             */
            version: number;
        };
        /** @description What a patient answered when he asked, with the questions of then. Persisted in sealed records: fields are added, never changed. */
        Answered: {
            /** @description When. */
            answered_at: components["schemas"]["Time"];
            /** @description In the order of the questions. */
            items: components["schemas"]["AnsweredItem"][];
            /** @description Title of the questions, in the caller's language. */
            title: string;
        };
        /** @description One answer, with its question. */
        AnsweredItem: {
            /** @description What the chosen options say, in the caller's language; empty unless it is a `choice`. */
            chosen: string[];
            /** @description Names the question among the others. */
            link_id: string;
            /** @description Whether it is a red flag. */
            red_flag: boolean;
            /** @description What was asked, in the caller's language. */
            text: string;
            /** @description What an answer is. */
            type: components["schemas"]["QuestionType"];
            /** @description Unit of a `decimal`. */
            unit: string | null;
            /** @description What was answered. */
            value: components["schemas"]["AnswerValue"];
        };
        /** @description What can be chosen. */
        AnswerOptionSettings: {
            /** @description Short name, unique among the options: 1 to 32 of `a-z 0-9 -`. */
            code: string;
            /** @description Whether it is a red flag. Default: false. */
            red_flag: boolean;
            /** @description What it says, by language. */
            text: components["schemas"]["Localized"];
        };
        /** @description A boolean, a number, a list of codes for a `choice`, or a text; a day is a text, such as `2026-05-09`. */
        AnswerValue: boolean | number | string[] | string;
        /** @description A key, without what opens anything. */
        ApiKey: {
            /** @description How it begins; the rest is known to its holder alone. */
            beginning: string;
            /** @description When it was made. */
            created_at: components["schemas"]["Time"];
            expires_at: components["schemas"]["Time"] | null;
            /** @description Id. The audit log says `key:` and it. */
            id: components["schemas"]["ApiKeyId"];
            last_used_at: components["schemas"]["Time"] | null;
            /** @description Network address from which it was used then. */
            last_used_from: string | null;
            /** @description What it is called. */
            name: string;
            revoked_at: components["schemas"]["Time"] | null;
            /** @description What it may do. */
            scopes: components["schemas"]["ApiScope"][];
        };
        /** @description `PATCH /api-keys/{id}` */
        ApiKeyChange: {
            expires_at?: components["schemas"]["Time"] | null;
            /** @description What it is called. */
            name?: string | null;
            /** @description What it may do from now on; at least one. */
            scopes?: components["schemas"]["ApiScope"][] | null;
        };
        ApiKeyId: string;
        /** @description Keys of the service. */
        ApiKeys: {
            /** @description Those that are not revoked, oldest first; then the latest hundred that are. */
            keys: components["schemas"]["ApiKey"][];
            /** @description The scopes that can be chosen. */
            scope_types: components["schemas"]["ApiScope"][];
        };
        /** @description A key that was just made. It is shown this once. */
        ApiKeySecret: {
            /** @description The key. */
            key: components["schemas"]["ApiKey"];
            /** @description `csk_…`: given as `Authorization: Bearer`. */
            token: string;
        };
        /**
         * @description What a key may do.
         * @enum {string}
         */
        ApiScope: "patients:read" | "patients:write" | "patients:invite" | "consultations:read" | "records:read" | "consultations:open" | "callbacks:read" | "callbacks:open";
        /** @description A call of a sealed consultation. */
        ArchivedCall: {
            answered_at: components["schemas"]["Time"] | null;
            /** @description Who called. */
            caller: components["schemas"]["Sender"];
            decline_reason: components["schemas"]["DeclineReason"] | null;
            /** @description When it ended. */
            ended_at: components["schemas"]["Time"];
            /** @description Its id. */
            id: components["schemas"]["CallId"];
            /** @description Audio or video, as the caller asked. */
            kind: components["schemas"]["CallKind"];
            /** @description How it ended. */
            outcome: components["schemas"]["CallOutcome"];
            /** @description When it began to ring. */
            started_at: components["schemas"]["Time"];
            /**
             * Format: int64
             * @description How long both sides were in it, by the media server's record.
             */
            talked_seconds: number;
        };
        /** @description What is sealed of a call-back. Persisted for decades: fields are added, never changed. */
        ArchivedCallback: {
            /**
             * Format: int64
             * @description How often nobody answered.
             */
            attempts: number;
            /** @description Which. */
            callback: components["schemas"]["CallbackId"];
            consent: components["schemas"]["ConsentEvidence"] | null;
            /** @description How it ended. */
            ending: components["schemas"]["CallbackEnding"];
            /** @description Name of whom it was about, as it was written into the form. */
            for_name: string | null;
            /**
             * Format: int32
             * @description Version of this form.
             */
            form: number;
            /** @description Its life. */
            history: components["schemas"]["ArchivedStep"][];
            /** @description Name at the time of sealing. */
            name: string;
            /** @description What the operator wrote. */
            note: string | null;
            outcome: components["schemas"]["CallbackOutcome"] | null;
            patient: components["schemas"]["PatientId"] | null;
            person: components["schemas"]["ArchivedPerson"] | null;
            /** @description Telephone number. */
            phone: string | null;
            /** @description Where it was ordered. */
            queue: components["schemas"]["QueueId"];
            /** @description What it was about. */
            reason: string | null;
            /** @description When. */
            requested_at: components["schemas"]["Time"];
            /** @description How it was ordered. */
            source: components["schemas"]["CallbackSource"];
            /** @description His time zone. */
            time_zone: string;
            window: components["schemas"]["CallbackWindow"] | null;
        };
        /** @description A signed conclusion in a sealed record. Persisted for decades: fields are added, never changed. */
        ArchivedConclusion: {
            /** @description The JSON document that was signed, byte for byte. */
            content: string;
            /** @description SHA-256 of `content`, hexadecimal. */
            hash: string;
            /** @description How: `simple`, or a provider's name for its method. */
            method: string;
            /**
             * Format: int64
             * @description Its number in the register.
             */
            number: number;
            /** @description What the provider of the signature gave, base64; empty for `simple`. */
            signature: string;
            /** @description When it was signed. */
            signed_at: components["schemas"]["Time"];
            /** @description Name of who signed it. */
            signed_by: string;
            /** @description Its title. */
            title: string;
            /**
             * Format: int64
             * @description Its version, from 1.
             */
            version: number;
        };
        /** @description A file of a consultation. The bytes stay in the homeserver's media store, encrypted; this says where and with which key. */
        ArchivedFile: {
            /** @description The specification's `EncryptedFile`, with the key; null for a file that was sent in the open. */
            encrypted_file: Record<string, never> | null;
            /** @description MIME type that its sender named. */
            mimetype: string | null;
            /** @description Name that its sender gave it. */
            name: string;
            /** @description SHA-256 of the encrypted bytes, unpadded base64, as `EncryptedFile` has it. */
            sha256: string | null;
            /**
             * Format: int64
             * @description Size that its sender named.
             */
            size_bytes: number | null;
            /** @description `mxc:` address of the small picture that its sender made of it. Records of the first versions have none. */
            thumbnail_url: string | null;
            /** @description `mxc:` address. */
            url: string;
            voice: components["schemas"]["ArchivedVoice"] | null;
        };
        /** @description A person as he is sealed with a consultation about him. */
        ArchivedPerson: {
            /** @description ISO 8601 date. */
            birth_date: string | null;
            /** @description Id of the card. */
            id: components["schemas"]["PersonId"];
            /** @description Name at the time of sealing. */
            name: string;
            /** @description What the account holder was to him. */
            relationship: components["schemas"]["Relationship"];
            sex: components["schemas"]["Sex"] | null;
        };
        /** @description A sign under a message of a sealed consultation. */
        ArchivedReaction: {
            /** @description Who put it there. */
            sender: components["schemas"]["Sender"];
            /** @description When, as the homeserver stamped it. */
            sent_at: components["schemas"]["Time"];
            /** @description The sign, mostly an emoji. */
            sign: string;
        };
        /** @description What is sealed of a step. */
        ArchivedStep: {
            /** @description As in the history. */
            action: string;
            /** @description `patient`, `operator`, `partner` or `system`. */
            actor: string;
            /** @description When. */
            at: components["schemas"]["Time"];
            /** @description Who, by name. */
            name: string;
            /** @description What he wrote. */
            note: string | null;
        };
        /** @description What is drawn of a voice message before it is heard, as its sender gave it. */
        ArchivedVoice: {
            /**
             * Format: int64
             * @description How long it is, in milliseconds.
             */
            duration_ms: number | null;
            /** @description How loud it is from its beginning to its end, each 0 to 1024; at most 120. */
            waveform: number[];
        };
        /** @description What was found: a consultation has `consultation`, a call-back has `callback`. */
        ArchiveHit: components["schemas"]["ConsultationHit"] | components["schemas"]["CallbackHit"];
        /** @description What was found, the newest first. */
        ArchiveHits: {
            /** @description Rows of this page. */
            items: components["schemas"]["ArchiveHit"][];
            /**
             * @description Give it back as `cursor` for the next page; null after the last. A page may be short, or empty, and not the last: for a phrase a page looks through so
             *     many records and no more.
             */
            next_cursor: string | null;
            /**
             * Format: int64
             * @description Sealed consultations and call-backs that cannot be found yet, because they wait to be read into the index.
             */
            to_index: number;
            /**
             * Format: int64
             * @description How many there are in all; null: nobody knows before all of them were looked through.
             */
            total: number | null;
        };
        /** @description A sealed consultation, opened. */
        ArchiveRecord: components["schemas"]["ArchiveRow"] & {
            answers: components["schemas"]["Answered"] | null;
            /** @description The calls, in the order they ended; empty in records of versions that sealed none. */
            calls: components["schemas"]["ArchivedCall"][];
            /** @description Proof of the last record. */
            chain: components["schemas"]["Chain"];
            /** @description The conclusions that were signed, in their order; empty in records of versions that sealed none. */
            conclusions: components["schemas"]["ArchivedConclusion"][];
            /** @description What was sent. */
            files: components["schemas"]["ArchivedFile"][];
            person: components["schemas"]["ArchivedPerson"] | null;
            /** @description What was said, oldest first. */
            transcript: components["schemas"]["TranscriptEntry"][];
        };
        /** @description A sealed consultation in lists. */
        ArchiveRow: {
            /** @description The consultation. */
            consultation: components["schemas"]["ConsultationRow"];
            erased: components["schemas"]["Erased"] | null;
            /**
             * Format: int64
             * @description Files of all its records.
             */
            file_count: number;
            /** @description Whether a legal hold is on it. */
            held: boolean;
            /**
             * Format: int64
             * @description Messages of all its records.
             */
            message_count: number;
            retention: components["schemas"]["Retention"] | null;
            /** @description When it was sealed. */
            sealed_at: components["schemas"]["Time"];
            /**
             * Format: int64
             * @description Place of its last record in the tenant's chain, from 1.
             */
            sequence: number;
        };
        /**
         * @description `POST /archive/search`: words, among what the archive's list may be asked. A body, because the words would stand in the logs of proxies if they were part of
         *     the address.
         */
        ArchiveSearch: {
            /** @description Only those with a signed conclusion, or without. */
            conclusion?: boolean | null;
            /** @description `next_cursor` of the page before. */
            cursor?: string | null;
            /**
             * Format: int32
             * @description Sealed in the last so many days, 1 to 3660; instead of `from` and `to`.
             */
            days?: number | null;
            /** @description Those with this in a field of the brand's own, such as `occasion:first`: the code of a `choice`, `yes` or `no` of a `boolean`. */
            field?: string | null;
            /** @description Only those with files, or without; together with `patient`. */
            files?: boolean | null;
            from?: components["schemas"]["Time"] | null;
            /** @description Only those that a legal hold is on, or not. */
            held?: boolean | null;
            /**
             * Format: int32
             * @description Rows wanted, 1 to 200. Default: 50.
             */
            limit?: number | null;
            operator?: components["schemas"]["OperatorId"] | null;
            patient?: components["schemas"]["PatientId"] | null;
            /** @description Part of the patient's name, or of a person's whom he acts for. */
            q?: string | null;
            queue?: components["schemas"]["QueueId"] | null;
            sort?: components["schemas"]["ArchiveSort"] | null;
            /**
             * Format: int64
             * @description Only those that their patients gave at most so many stars, 1 to 5.
             */
            stars_max?: number | null;
            tag?: components["schemas"]["TagId"] | null;
            /**
             * @description Words that all have to be there, in any form and order; in quotation marks those that have to follow one another so. A word's beginning, of three letters or
             *     more, with `*` right behind it, stands for all words that begin so. At most 200 characters.
             */
            text: string;
            to?: components["schemas"]["Time"] | null;
        };
        /** @description The words around a hit. */
        ArchiveSnippet: {
            at: components["schemas"]["Time"] | null;
            /** @description Name of who wrote them; null: the patient, when he asked or ordered, or nobody. */
            by: string | null;
            /** @description One after the other. */
            parts: components["schemas"]["SnippetPart"][];
            /** @description Where they stand. */
            source: components["schemas"]["SnippetSource"];
        };
        /**
         * @description Order of the archive.
         * @enum {string}
         */
        ArchiveSort: "newest" | "oldest";
        /** @description Who acted. */
        AuditActor: {
            /** @description Name today. */
            name: string;
            /** @description What he was when he acted. */
            role: components["schemas"]["AuditRole"];
            /** @description Matrix user id; `key:` and the key's id for a partner's system; `system` for the service itself. */
            user_id: string;
        };
        /** @description One act. */
        AuditEntry: {
            /** @description What, such as `consultation.taken` or `archive.read`. */
            action: string;
            /** @description Who. */
            actor: components["schemas"]["AuditActor"];
            /** @description When. */
            at: components["schemas"]["Time"];
            /** @description Ids and numbers that belong to the act; never content or personal data. Of a search the `words` beside them, as long as they are kept. */
            detail: Record<string, never>;
            /** @description Hash of this entry and its predecessor's, hexadecimal. */
            hash: string;
            /**
             * Format: int64
             * @description Place in the tenant's chain, from 1, without gaps.
             */
            sequence: number;
            /** @description On what. */
            subject: components["schemas"]["AuditSubject"];
        };
        /**
         * @description What is wrong with an entry.
         * @enum {string}
         */
        AuditFaultKind: "missing" | "changed" | "cut";
        /** @description `GET` and `POST /audit/verify`: the check of the audit log that was asked for last. */
        AuditProof: {
            by: components["schemas"]["OperatorRef"] | null;
            /**
             * Format: int64
             * @description The last entry that was found to be right, and all before it.
             */
            checked: number;
            ended_at: components["schemas"]["Time"] | null;
            /**
             * Format: int64
             * @description Entries that there were when it was asked for.
             */
            entries: number;
            fault: components["schemas"]["AuditProofFault"] | null;
            /** @description Of a whole log: the hash of that entry. Who keeps it elsewhere can prove later that nothing before it was changed. */
            head: string | null;
            started_at: components["schemas"]["Time"] | null;
            /** @description How far it is. */
            state: components["schemas"]["AuditProofState"];
        };
        /** @description Where the audit log breaks. */
        AuditProofFault: {
            /**
             * Format: int64
             * @description With which entry.
             */
            entry: number;
            /** @description What is wrong. */
            kind: components["schemas"]["AuditFaultKind"];
            /**
             * Format: int64
             * @description Of `cut`: how many entries were written; else null.
             */
            written: number | null;
        };
        /**
         * @description How far a check of the audit log is.
         * @enum {string}
         */
        AuditProofState: "never" | "running" | "whole" | "broken" | "failed";
        /**
         * @description What an actor was when he acted.
         * @enum {string}
         */
        AuditRole: "patient" | "operator" | "supervisor" | "partner" | "system";
        /** @description On what he acted. */
        AuditSubject: {
            /** @description Its id. */
            id: string;
            /** @description `consultation`, `patient`, `operator`, `archive`, `conversation`, `webhook`, `api_key` or `list`. */
            kind: string;
        };
        /** @description `POST /me/backup-secret` */
        BackupSecret: {
            /** @description Who keeps it. */
            kept_by: components["schemas"]["CustodyBy"];
            /** @description `clinic`: the 32 bytes that open the account's secret storage, base64 with padding. Never to be kept by the client. */
            secret: string | null;
        };
        /** @description `POST /me/backup-secret` */
        BackupSecretRequest: {
            /** @description What the device calls itself, for the notice to the patient's other devices: at most 100 characters. */
            device_name?: string | null;
            /** @description The patient keeps the secret himself and has lost it: the keeper makes a new one, and what the old one opened is lost. */
            start_over?: boolean;
        };
        /** @description What is done to each of several consultations. */
        BulkAct: {
            /** @enum {string} */
            kind: "assign";
            /** @description For the one who takes it next: 1 to 4000 characters; not shown to the patient. */
            note: string;
            /** @description Where to. */
            to: components["schemas"]["TransferTarget"];
        } | {
            /** @enum {string} */
            kind: "add_tag";
            /** @description Which. */
            tag_id: components["schemas"]["TagId"];
        } | {
            /** @enum {string} */
            kind: "remove_tag";
            /** @description Which. */
            tag_id: components["schemas"]["TagId"];
        } | {
            /** @enum {string} */
            kind: "priority";
            /** @description Which way. */
            step: components["schemas"]["PriorityStep"];
        } | {
            /** @enum {string} */
            kind: "macro";
            /** @description Which. */
            macro_id: components["schemas"]["MacroId"];
            /**
             * Format: int64
             * @description The version that was shown.
             */
            version: number;
        };
        /**
         * @description What became of a row.
         * @enum {string}
         */
        BulkOutcome: "done" | "unchanged" | "refused" | "not_tried";
        /** @description `POST /consultations/bulk` */
        BulkRequest: {
            /** @description What is done to each. */
            act: components["schemas"]["BulkAct"];
            /** @description Which: 1 to 200, each once. They are acted on in this order. */
            ids: components["schemas"]["ConsultationId"][];
            /**
             * Format: uuid
             * @description Made by the client once for each press of the button; a retry within a day goes on where the first one stopped.
             */
            request_id: string;
        };
        /** @description One row of the answer. */
        BulkRow: {
            /** @description Whose. */
            id: string;
            /** @description What became of it. */
            outcome: components["schemas"]["BulkOutcome"];
            problem: components["schemas"]["Problem"] | null;
        };
        /** @description What became of each row, in the order of the request. */
        BulkRows: {
            /** @description One for each. */
            rows: components["schemas"]["BulkRow"][];
        };
        /** @description A call. */
        Call: {
            answered_at: components["schemas"]["Time"] | null;
            /** @description His device, so that his other devices know that they shall stop ringing. */
            answered_device_id: string | null;
            answered_user_id: components["schemas"]["UserId"] | null;
            /** @description His name. */
            caller_name: string;
            /** @description Which side called. */
            caller_side: components["schemas"]["CallSide"];
            /** @description Who called. */
            caller_user_id: components["schemas"]["UserId"];
            consultation_id: components["schemas"]["ConsultationId"] | null;
            /** @description The conversation it is part of. */
            conversation_id: components["schemas"]["ConversationId"];
            decline_reason: components["schemas"]["DeclineReason"] | null;
            ended_at: components["schemas"]["Time"] | null;
            /** @description Its id. */
            id: components["schemas"]["CallId"];
            /** @description At whom of the staff it rings while others talk: nobody once he has been in it, or when a ring's time is over. */
            invited: components["schemas"]["CallInvitee"][];
            /** @description Audio or video. */
            kind: components["schemas"]["CallKind"];
            outcome: components["schemas"]["CallOutcome"] | null;
            /** @description Who is or was in it. */
            participants: components["schemas"]["CallParticipant"][];
            /** @description Until when it rings. */
            ring_until: components["schemas"]["Time"];
            /** @description The conversation's room. */
            room_id: components["schemas"]["RoomId"];
            /** @description When it began to ring. */
            started_at: components["schemas"]["Time"];
            /** @description Where it stands. */
            state: components["schemas"]["CallState"];
            /**
             * Format: int64
             * @description How long both sides were in it, by the media server's record.
             */
            talked_seconds: number;
        };
        /** @description Whether calls work. */
        CallAvailability: {
            /** @description Whether a call can be made now. */
            available: boolean;
            /** @description What memberships name as transport; null where none is connected. */
            livekit_service_url: string | null;
            reason: components["schemas"]["CallTrouble"] | null;
            /**
             * Format: int64
             * @description How long a call rings.
             */
            ring_seconds: number;
            /** @description Address of the media server; null where none is connected. */
            url: string | null;
        };
        /** @description A call-back: the patient's view, and the base of all others. */
        Callback: {
            again_at: components["schemas"]["Time"] | null;
            /**
             * Format: int64
             * @description How often nobody answered.
             */
            attempts: number;
            conversation_id: components["schemas"]["ConversationId"] | null;
            /** @description When it has to have been called by. */
            due_at: components["schemas"]["Time"];
            ended_at: components["schemas"]["Time"] | null;
            ending: components["schemas"]["CallbackEnding"] | null;
            erased_at: components["schemas"]["Time"] | null;
            /** @description Name of whom it is about, as a visitor wrote it into the form; null: he himself. */
            for_name: string | null;
            /** @description Its id. */
            id: components["schemas"]["CallbackId"];
            means: components["schemas"]["CallbackMeans"] | null;
            operator: components["schemas"]["OperatorRef"] | null;
            outcome: components["schemas"]["CallbackOutcome"] | null;
            person: components["schemas"]["PersonRef"] | null;
            /** @description Where it stands. */
            phase: components["schemas"]["CallbackPhase"];
            /** @description Since when. */
            phase_since: components["schemas"]["Time"];
            /** @description Where to call by telephone; null: only in the app. */
            phone: string | null;
            /** @description Where it was ordered. */
            queue: components["schemas"]["QueueRef"];
            /** @description What it is about. */
            reason: string | null;
            /** @description When it was ordered. */
            requested_at: components["schemas"]["Time"];
            room_id: components["schemas"]["RoomId"] | null;
            /** @description How it was ordered. */
            source: components["schemas"]["CallbackSource"];
            taken_at: components["schemas"]["Time"] | null;
            /** @description The patient's time zone (IANA), to show `window` and `again_at` in. */
            time_zone: string;
            window: components["schemas"]["CallbackWindow"] | null;
        };
        /** @description What the public form needs. */
        CallbackChallenge: {
            /** @description Find a text with which the SHA-256 of this, `:` and the text (all UTF-8) begins with `difficulty_bits` zero bits. */
            challenge: string;
            /** @description What the visitor agrees to. */
            consent: components["schemas"]["ConsentText"];
            /**
             * Format: int32
             * @description How many.
             */
            difficulty_bits: number;
            /** @description Until when it is taken; it is good for one order. */
            expires_at: components["schemas"]["Time"];
            /** @description Language of the texts. */
            language: string;
            /** @description Queues that the form offers. */
            queues: components["schemas"]["FormQueue"][];
        };
        /** @description `event: callback` */
        CallbackChanged: {
            /** @description As it stands now, for the caller's role. A row that has become `overdue` is an alert to supervisors. */
            callback: components["schemas"]["CallbackForRole"];
        };
        /** @description A call-back with all that a desk shows of it. */
        CallbackDetail: components["schemas"]["CallbackRow"] & {
            consent: components["schemas"]["ConsentEvidence"] | null;
            /**
             * @description Its life, oldest first: `ordered`, `taken`, `released`, `called`, `telephoned`, `not_answered`, `put_off`, `moved`, `finished`, `cancelled`, `noted`,
             *     `overdue`, `archived`.
             */
            history: components["schemas"]["HistoryEntry"][];
        };
        /**
         * @description By when call-backs have to have been made.
         * @enum {string}
         */
        CallbackDue: "overdue" | "hour" | "day";
        /**
         * @description How a call-back ended.
         * @enum {string}
         */
        CallbackEnding: "done" | "cancelled";
        /** @description The form by which a person without an account orders a call-back. */
        CallbackFormSettings: {
            /** @description What the person agrees to, by language. */
            consent: components["schemas"]["Localized"];
            /** @description Version of the consent's text; which one a person agreed to is kept. A date is a good one. */
            consent_version: string;
            /** @description Sites that may show the form in a frame, or send it from a page of their own. Unit: origins, such as `https://www.clinic.example`. */
            origins: string[];
            /** @description Queues that it offers, by id. Default: all that take call-backs. */
            queues: string[];
        };
        /** @description A call-back in the shape of the listener's role. */
        CallbackForRole: components["schemas"]["CallbackRow"] | components["schemas"]["Callback"];
        /** @description A call-back that was found. */
        CallbackHit: {
            /** @description What lists show too. */
            callback: components["schemas"]["CallbackRow"];
            /** @description When it was sealed. */
            sealed_at: components["schemas"]["Time"];
            /**
             * Format: int64
             * @description Place of its record in the tenant's chain, from 1.
             */
            sequence: number;
            /** @description Where it has the words; at most three. */
            snippets: components["schemas"]["ArchiveSnippet"][];
        };
        CallbackId: string;
        /**
         * @description How an operator calls.
         * @enum {string}
         */
        CallbackMeans: "app" | "telephone";
        /** @description `POST /callbacks/{id}/release`, `…/cancel` */
        CallbackNote: {
            /** @description Why; for staff, at most 4,000 characters. */
            note?: string | null;
        };
        /** @description Whether a queue takes call-backs, and whether the patient is offered one instead of waiting. */
        CallbackOffer: {
            /** @description Whether one can be ordered here. */
            available: boolean;
            /** @description Whether to offer it beside asking now. */
            offered: boolean;
            reason: components["schemas"]["CallbackOfferReason"] | null;
        };
        /**
         * @description Why a call-back is offered.
         * @enum {string}
         */
        CallbackOfferReason: "closed" | "full" | "nobody_online" | "long_wait";
        /**
         * @description What came of a call-back.
         * @enum {string}
         */
        CallbackOutcome: "answered" | "not_reached" | "wrong_number" | "not_needed";
        /** @description A page of call-backs in the shape of the caller's role. */
        CallbackPage: components["schemas"]["Page_CallbackRow"] | components["schemas"]["Page_Callback"] | components["schemas"]["Page_PartnerCallback"];
        /**
         * @description Where a call-back stands.
         * @enum {string}
         */
        CallbackPhase: "new" | "taken" | "calling" | "no_answer" | "done" | "cancelled" | "archived";
        /** @description A sealed call-back, opened. */
        CallbackRecord: {
            /** @description Proof of the record. */
            chain: components["schemas"]["Chain"];
            /** @description What was sealed. */
            content: components["schemas"]["ArchivedCallback"];
            /** @description When. */
            sealed_at: components["schemas"]["Time"];
        };
        /** @description A call-back as staff sees it in lists. */
        CallbackRow: components["schemas"]["Callback"] & {
            call_id: components["schemas"]["CallId"] | null;
            /** @description Name to show: the patient's, or the one that was written into the form. */
            name: string;
            /** @description What the operator wrote at the end. */
            note: string | null;
            /** @description Whether nobody called in time; supervisors are alerted by it. */
            overdue: boolean;
            overdue_since: components["schemas"]["Time"] | null;
            patient: components["schemas"]["PatientRef"] | null;
            /**
             * Format: int64
             * @description Place of its record in the archive's chain, once it is sealed.
             */
            sealed_sequence: number | null;
        };
        /**
         * @description Order of call-backs.
         * @enum {string}
         */
        CallbackSort: "due" | "newest" | "oldest";
        /**
         * @description How a call-back was ordered.
         * @enum {string}
         */
        CallbackSource: "app" | "form" | "partner" | "desk" | "missed_call";
        /** @description Call-backs of a queue: a patient who does not want to write is called. */
        CallbackTerms: {
            /**
             * Format: int32
             * @description An order without a window is called this soon, counted in the queue's hours; later it is overdue. Unit: minutes. Default: 60.
             * @default 60
             */
            due_minutes: number;
            /**
             * @description Whether they can be ordered. Default: true.
             * @default true
             */
            enabled: boolean;
            /**
             * Format: int32
             * @description Where waiting takes longer, a call-back is offered. Unit: minutes. Default: 15.
             * @default 15
             */
            long_wait_minutes: number;
            /**
             * Format: int32
             * @description Who was not reached is called again after so long, unless the operator says when. Unit: minutes. Default: 30.
             * @default 30
             */
            retry_minutes: number;
        };
        /**
         * @description Which call-backs staff wants to see.
         * @enum {string}
         */
        CallbackView: "waiting" | "mine" | "taken" | "open" | "ended" | "all";
        /** @description A time to be called in. */
        CallbackWindow: {
            /** @description Not after. */
            end: components["schemas"]["Time"];
            /** @description Not before. */
            start: components["schemas"]["Time"];
        };
        /** @description A window in the patient's local time. */
        CallbackWindowRequest: {
            /**
             * @description As `start`; 15 minutes to 24 hours later.
             * @example 2026-11-28T17:00
             */
            end: string;
            /**
             * @description Local date and time without an offset, such as `2026-11-28T15:00`.
             * @example 2026-11-28T15:00
             */
            start: string;
        };
        /** @description `event: call` */
        CallChanged: {
            /** @description As it stands now. */
            call: components["schemas"]["Call"];
        };
        /** @description What calls were like, by what the apps of both sides measured while they ran. */
        CallFigures: {
            /**
             * Format: int64
             * @description How often a picture stood still.
             */
            freezes: number;
            /**
             * Format: int64
             * @description Jitter, mean. Unit: milliseconds.
             */
            jitter_ms: number | null;
            /**
             * Format: int64
             * @description Lost packets, mean. Unit: of a thousand.
             */
            loss_permille: number | null;
            /**
             * Format: int32
             * @description Calls that were measured.
             */
            measured: number;
            /**
             * Format: int32
             * @description Of these, such that people will have heard each other badly: at least 5 % of the packets lost, 50 ms of jitter or 400 ms of round trip, on average.
             */
            poor: number;
            /**
             * Format: int64
             * @description Round trip, mean. Unit: milliseconds.
             */
            round_trip_ms: number | null;
        };
        CallId: string;
        /** @description An operator who came into the consultation while the call was on, and is asked to join it. */
        CallInvitee: {
            /** @description Name of who asked him in; null: he leads the consultation now. */
            invited_by: string | null;
            /** @description Name to show. */
            name: string;
            /** @description Since when he is asked. */
            since: components["schemas"]["Time"];
            /** @description His account. */
            user_id: components["schemas"]["UserId"];
        };
        /**
         * @description Audio or video, as the caller asked; who answers may turn his camera on or off all the same.
         * @enum {string}
         */
        CallKind: "audio" | "video";
        /**
         * @description How a call ended.
         * @enum {string}
         */
        CallOutcome: "completed" | "declined" | "missed" | "cancelled" | "busy" | "lost";
        /** @description A page of calls in the shape of the caller's role. */
        CallPage: components["schemas"]["Page_CallRow"] | components["schemas"]["Page_Call"];
        /** @description Somebody in a call. */
        CallParticipant: {
            /** @description When he first came. */
            joined_at: components["schemas"]["Time"];
            left_at: components["schemas"]["Time"] | null;
            /** @description Name to show. */
            name: string;
            /** @description His side. */
            side: components["schemas"]["CallSide"];
            /** @description His account. */
            user_id: components["schemas"]["UserId"];
        };
        /** @description What all participants' apps measured of a call. */
        CallQualities: {
            /** @description By participant. */
            participants: components["schemas"]["CallQuality"][];
        };
        /** @description What one participant's app measured of a call. */
        CallQuality: {
            /**
             * Format: int64
             * @description How long it stood still, in milliseconds.
             */
            freeze_ms: number;
            /**
             * Format: int64
             * @description How often the picture stood still.
             */
            freezes: number;
            /** @description Jitter in milliseconds. */
            jitter_ms: components["schemas"]["Measure"];
            /** @description Lost packets, of a thousand. */
            loss_permille: components["schemas"]["Measure"];
            /** @description His name. */
            name: string;
            /**
             * Format: int64
             * @description How many reports.
             */
            reports: number;
            /** @description Round trip in milliseconds. */
            round_trip_ms: components["schemas"]["Measure"];
            /** @description Whose app. */
            user_id: components["schemas"]["UserId"];
        };
        /** @description A call in staff's list. */
        CallRow: components["schemas"]["Call"] & {
            /** @description With whom. */
            patient: components["schemas"]["PatientRef"];
        };
        /**
         * @description The two sides of a call.
         * @enum {string}
         */
        CallSide: "patient" | "staff";
        /**
         * @description Where a call stands.
         * @enum {string}
         */
        CallState: "ringing" | "answered" | "ended";
        /** @description What a device needs to join a call. */
        CallTicket: {
            /** @description Who the device is at the media server. */
            identity: string;
            /** @description The token: for one room and one identity, to be used within a minute. */
            jwt: string;
            /** @description What memberships name as transport (`livekit_service_url`). */
            livekit_service_url: string;
            /** @description The room. */
            room_id: components["schemas"]["RoomId"];
            /** @description The slot that memberships name. */
            slot_id: string;
            /** @description Address of the media server. */
            url: string;
        };
        /**
         * @description Why calls do not work; the apps have the words.
         * @enum {string}
         */
        CallTrouble: "not_connected" | "no_answer";
        /** @description A canned reply. */
        Canned: {
            /** @description When it was changed last. */
            changed_at: components["schemas"]["Time"];
            /** @description By whom. */
            changed_by: components["schemas"]["OperatorRef"];
            /** @description What is sent with it, by the operator's client. */
            files: components["schemas"]["DeskFile"][];
            /** @description Its id. */
            id: components["schemas"]["CannedId"];
            /** @description A language of the brand. */
            language: string;
            /** @description Only for these queues; empty: for all. */
            queues: components["schemas"]["QueueId"][];
            /** @description Whose. */
            scope: components["schemas"]["CannedScope"];
            /** @description The word behind `/`; lower case, one for each language and owner. */
            shortcut: string;
            /** @description What is inserted; empty where it brings files alone; `{{patient.name}}`, `{{operator.name}}` and `{{queue.name}}` are filled in. */
            text: string;
            /** @description What the list shows. */
            title: string;
            /**
             * Format: int64
             * @description Give it back with a change, so that nobody's is lost.
             */
            version: number;
        };
        /**
         * @description What was done to a canned reply.
         * @enum {string}
         */
        CannedAction: "created" | "changed" | "removed";
        /** @description `PUT /canned/{id}` */
        CannedChange: {
            /** @description Files that are kept (`POST /files`), at most 5; empty: none. Null or absent: those that it has stay, since an older client knows of none. */
            files?: components["schemas"]["DeskFile"][] | null;
            /** @description A language of the brand. */
            language: string;
            /** @description Only for these queues; empty or absent: for all. */
            queues?: components["schemas"]["QueueId"][];
            /** @description One word of 1 to 32 letters, digits, - and _. */
            shortcut: string;
            /** @description At most 4000 characters; empty only where there are files; an unknown placeholder is refused. */
            text: string;
            /** @description 1 to 100 characters. */
            title: string;
            /**
             * Format: int64
             * @description The version that was changed.
             */
            version: number;
        };
        /** @description `event: canned` (staff; one that is personal, its owner alone) */
        CannedChanged: {
            canned: components["schemas"]["Canned"] | null;
            /** @description Which. */
            canned_id: components["schemas"]["CannedId"];
        };
        CannedId: string;
        /** @description All canned replies that the caller may use. */
        CannedReplies: {
            /** @description The shared ones and the caller's own, by title; at most 700. */
            canned: components["schemas"]["Canned"][];
        };
        /**
         * @description Whose a canned reply is.
         * @enum {string}
         */
        CannedScope: "shared" | "personal";
        /** @description What a canned reply was, and who made it so. */
        CannedVersion: {
            /** @description By doing what. */
            action: components["schemas"]["CannedAction"];
            /** @description From when. */
            at: components["schemas"]["Time"];
            /** @description By whom. */
            by: components["schemas"]["OperatorRef"];
            /** @description The files; one that is kept no more cannot be brought back. */
            files: components["schemas"]["DeskFile"][];
            /** @description The language. */
            language: string;
            /** @description The queues. */
            queues: components["schemas"]["QueueId"][];
            /** @description The shortcut. */
            shortcut: string;
            /** @description The text. */
            text: string;
            /** @description The title. */
            title: string;
            /**
             * Format: int64
             * @description Its number.
             */
            version: number;
        };
        /** @description Who changed what and when. */
        CannedVersions: {
            /** @description Newest first, the present one too; at most 100. */
            versions: components["schemas"]["CannedVersion"][];
        };
        /**
         * @description A field of a card.
         * @enum {string}
         */
        CardField: "name" | "birth_date" | "sex" | "phone" | "email" | "insurance" | "external_id";
        /** @description The proof of a record. */
        Chain: {
            /** @description SHA-256 of the record and its predecessor's hash, hexadecimal. */
            hash: string;
            /** @description Hash of the predecessor; 64 zeros for the first. */
            previous_hash: string;
            /**
             * Format: int64
             * @description Place in the tenant's chain, from 1.
             */
            sequence: number;
            /** @description Whether hash and signature hold for this record and its predecessor. */
            signature_valid: boolean;
        };
        /** @description `PUT /consultations/{id}/answers` */
        ChangeAnswers: {
            /** @description All of them, instead of those before. */
            answers: components["schemas"]["QuestionAnswer"][];
            based_on: components["schemas"]["Time"] | null;
        };
        /** @description All that has to be done before real patients come, in the order in which it is best done. */
        Checklist: {
            /** @description The items. */
            items: components["schemas"]["ChecklistItem"][];
            /** @description How many are open. */
            open: number;
        };
        /** @description An item. */
        ChecklistItem: {
            /** @description Whether people say that it is done, because no machine can see it. */
            by_hand: boolean;
            /** @description Which. */
            id: components["schemas"]["ChecklistItemId"];
            marked: components["schemas"]["ChecklistMark"] | null;
            /** @description What is missing: names of queues, or files of the brand's folder. */
            missing: string[];
            /** @description How it stands. */
            state: components["schemas"]["ChecklistState"];
        };
        /**
         * @description What has to be done before real patients come.
         * @enum {string}
         */
        ChecklistItemId: "look" | "contacts" | "email" | "legal" | "security" | "profile" | "queue" | "cover" | "supervisor" | "address" | "calls" | "key_backup" | "backups" | "rehearsal" | "demo";
        /** @description Who said that an item is done. */
        ChecklistMark: {
            /** @description When. */
            at: components["schemas"]["Time"];
            /** @description Who. */
            by: components["schemas"]["OperatorRef"];
        };
        /**
         * @description How an item stands.
         * @enum {string}
         */
        ChecklistState: "done" | "open" | "advised" | "not_needed";
        /** @description `POST /patients/check` */
        CheckPatient: {
            /** @description ISO 8601 date. */
            birth_date?: string | null;
            /** @description E-mail address. */
            email?: string | null;
            /** @description Name to show. */
            name: string;
            /** @description E.164. */
            phone?: string | null;
        };
        CircleId: string;
        /** @description `POST /consultations/{id}/close` */
        CloseRequest: {
            /** @description Why or how it ended; the patient sees it. */
            note?: string | null;
        };
        /** @description A time in which a queue is closed once, such as a day of training. */
        ClosureSettings: {
            /** @description From, by the clock of the queue's time zone. Unit: date and time, such as `"2026-12-31T15:00"`. */
            from: string;
            /** @description Why, for the staff. Default: nothing. */
            reason: string | null;
            /** @description To, later than that. Unit: date and time. */
            to: string;
        };
        /** @description `event: conclusion` (staff): one was saved or signed. Who may read it loads it. */
        ConclusionChanged: {
            /** @description The consultation. */
            consultation_id: components["schemas"]["ConsultationId"];
            /**
             * Format: int64
             * @description The last signed version; 0: none.
             */
            signed_version: number;
            /**
             * Format: int64
             * @description The version of what is written.
             */
            version: number;
        };
        /** @description `GET /consultations/{id}/conclusion/draft`: what is written and not signed yet, else what was signed last, in the template's sections. */
        ConclusionDraft: {
            /** @description The consultation. */
            consultation_id: components["schemas"]["ConsultationId"];
            /** @description The document's language (BCP 47): the patient's, unless somebody chose another. */
            language: string;
            /** @description Whether the caller may sign it. */
            may_sign: boolean;
            /** @description Whether the caller may write it. */
            may_write: boolean;
            /** @description Whether the queue asks for one. */
            need: components["schemas"]["ConclusionNeed"];
            /**
             * Format: int64
             * @description Its number in the register, once it was signed.
             */
            number: number | null;
            saved_at: components["schemas"]["Time"] | null;
            saved_by: components["schemas"]["OperatorRef"] | null;
            /** @description Its sections. */
            sections: components["schemas"]["ConclusionSection"][];
            signing: components["schemas"]["ConclusionSigning"] | null;
            /** @description Title of the document, in that language. */
            title: string;
            /** @description Whether something is written that is not signed. */
            unsigned: boolean;
            /**
             * Format: int64
             * @description Give it back with what is saved or signed, so that nobody's is lost; 0: nobody has saved anything.
             */
            version: number;
            /** @description What was signed, newest first. */
            versions: components["schemas"]["ConclusionVersion"][];
        };
        /**
         * @description Whether operators of a queue write a conclusion.
         * @enum {string}
         */
        ConclusionNeed: "off" | "optional" | "required";
        /** @description A signed conclusion, as its consultation names it. */
        ConclusionRef: {
            /**
             * Format: int64
             * @description Its number in the register.
             */
            number: number;
            /** @description When that was signed. */
            signed_at: components["schemas"]["Time"];
            /** @description By whom. */
            signed_by: components["schemas"]["OperatorRef"];
            /**
             * Format: int64
             * @description Its last version, from 1.
             */
            version: number;
        };
        /** @description A section of a conclusion. */
        ConclusionSection: {
            /** @description The template's code. */
            code: string;
            /** @description What to write here. */
            hint: string | null;
            /** @description Whether it cannot be signed without. */
            required: boolean;
            /** @description What is written; empty: nothing. */
            text: string;
            /** @description Heading, in the document's language. */
            title: string;
        };
        /** @description One section of a conclusion. */
        ConclusionSectionSettings: {
            /** @description Short name, such as `complaint` or `advice`: 1 to 32 of `a-z 0-9 -`. It cannot change once conclusions exist. */
            code: string;
            hint: components["schemas"]["Localized"] | null;
            /** @description Whether a conclusion cannot be signed without it. Default: false. */
            required: boolean;
            /** @description Heading, by language. */
            title: components["schemas"]["Localized"];
        };
        /** @description What waits for a signature that somebody else makes. */
        ConclusionSigning: {
            /** @description When somebody pressed. */
            asked_at: components["schemas"]["Time"];
            /** @description Who. */
            asked_by: components["schemas"]["OperatorRef"];
            /**
             * Format: int64
             * @description How often it was asked for.
             */
            attempts: number;
            next_at: components["schemas"]["Time"] | null;
            /** @description Why it is to replace the version before; null: it is the first. */
            reason: string | null;
            /** @description What was said to a refusal; empty: nothing. Null: it waits. */
            refusal: string | null;
            /** @description How it stands. */
            state: components["schemas"]["ConclusionSigningState"];
        };
        /**
         * @description How a signature stands that somebody else makes.
         * @enum {string}
         */
        ConclusionSigningState: "waiting" | "refused";
        /** @description What a conclusion consists of. */
        ConclusionTemplateSettings: {
            /** @description Sections, in the order of the document: 1 to 20. */
            sections: components["schemas"]["ConclusionSectionSettings"][];
            /** @description Title of the document, by language. */
            title: components["schemas"]["Localized"];
        };
        /** @description A signed version of a conclusion. It never changes. */
        ConclusionVersion: {
            /** @description SHA-256 of what was signed, hexadecimal. */
            hash: string;
            /** @description How: `simple`, or a provider's name for its method. */
            method: string;
            /**
             * Format: int64
             * @description The conclusion's number in the register.
             */
            number: number;
            /** @description Why it replaced the version before; null: it is the first. */
            reason: string | null;
            /** @description When. */
            signed_at: components["schemas"]["Time"];
            /** @description By whom. */
            signed_by: components["schemas"]["OperatorRef"];
            /**
             * Format: int64
             * @description From 1.
             */
            version: number;
        };
        /** @description `GET /consultations/{id}/conclusion/versions` */
        ConclusionVersions: {
            /** @description Newest first; empty: none was signed. */
            versions: components["schemas"]["ConclusionVersion"][];
        };
        /** @description A consent of the patient who asks. */
        Consent: {
            /** @description When it is asked for. */
            asked: components["schemas"]["ConsentMoment"];
            last: components["schemas"]["ConsentEntry"] | null;
            offered: components["schemas"]["ConsentDocument"] | null;
            /** @description To what. */
            purpose: components["schemas"]["ConsentPurpose"];
            /** @description Whether nothing can be asked for without it. */
            required: boolean;
            /** @description How it stands. */
            status: components["schemas"]["ConsentStatus"];
            /** @description What withdrawing it does. */
            withdrawal: components["schemas"]["ConsentEffect"][];
        };
        /**
         * @description What was decided.
         * @enum {string}
         */
        ConsentDecision: "given" | "withdrawn";
        /** @description A text, as it is shown. */
        ConsentDocument: {
            /** @description SHA-256 of title, summary and text with an empty line between them, hexadecimal: the version. */
            hash: string;
            /** @description BCP 47. */
            language: string;
            /** @description The gist. */
            summary: string;
            /** @description The whole of it: paragraphs with empty lines between them. */
            text: string;
            /** @description What is agreed to, beside the tick. */
            title: string;
        };
        /**
         * @description What withdrawing does, and what it does not.
         * @enum {string}
         */
        ConsentEffect: "nothing_new_begins" | "open_goes_on" | "nothing_is_deleted";
        /** @description An entry of the ledger. */
        ConsentEntry: {
            /** @description When. */
            at: components["schemas"]["Time"];
            /** @description What was decided. */
            decision: components["schemas"]["ConsentDecision"];
            /** @description On which session of the homeserver; null: unknown, or the account was deleted. */
            device_id: string | null;
            /** @description What was shown; of a withdrawal, what is withdrawn. */
            document: components["schemas"]["ConsentDocument"];
            person_id: components["schemas"]["PersonId"] | null;
            /** @description To what. */
            purpose: components["schemas"]["ConsentPurpose"];
        };
        /** @description What a visitor agreed to, and how that is known. */
        ConsentEvidence: {
            /** @description Keyed hash of the address it came from, hexadecimal: the same for the same address, and no way back. */
            address_hash: string;
            /** @description When. */
            agreed_at: components["schemas"]["Time"];
            /** @description Language that it was shown in. */
            language: string;
            /** @description The site that the form stood on; null: not said. */
            origin: string | null;
            /** @description SHA-256 of the text, hexadecimal. */
            text_sha256: string;
            /** @description Version of the text. */
            version: string;
        };
        /** @description `GET /patients/{id}/consents` */
        ConsentHistory: {
            /** @description Newest first, at most 2000, each with its text. */
            entries: components["schemas"]["ConsentEntry"][];
        };
        /**
         * @description When a consent is asked for.
         * @enum {string}
         */
        ConsentMoment: "before_first_question" | "profile";
        ConsentPurpose: string;
        /** @description `GET /me/consents` */
        Consents: {
            /** @description In the order in which they are asked for; then those that are given and not asked for any more. */
            consents: components["schemas"]["Consent"][];
        };
        /** @description Something that a person agrees to. Its version is the text itself: whoever changes a word is agreed with anew. */
        ConsentSettings: {
            /** @description When it is asked for; a required one always before the first question. Default: `before_first_question`. */
            asked: components["schemas"]["ConsentMoment"];
            /** @description What of the legal profile it covers. Default: nothing. */
            covers: components["schemas"]["ConsentSubject"][];
            /** @description The purpose: 1 to 32 of `a-z 0-9 -`. The ledger remembers it: give another purpose another one. */
            id: string;
            /** @description Whether nothing can be asked without it. Default: false. */
            required: boolean;
            /** @description The gist in a sentence or two, by language: at most 400 characters. */
            summary: components["schemas"]["Localized"];
            /** @description The whole text, by language: paragraphs with empty lines between them, no markup, at most 20000 characters. */
            text: components["schemas"]["Localized"];
            /** @description What is agreed to, beside the tick, by language: at most 160 characters. */
            title: components["schemas"]["Localized"];
        };
        /**
         * @description How a consent stands: FHIR's `Consent.status`, and `outdated`.
         * @enum {string}
         */
        ConsentStatus: "proposed" | "active" | "outdated" | "inactive";
        /**
         * @description What law asks consent to.
         * @enum {string}
         */
        ConsentSubject: "treatment" | "personal_data" | "health_data";
        /** @description The text that a visitor agrees to. */
        ConsentText: {
            /** @description The text, in the language asked for. */
            text: string;
            /** @description Its version. */
            version: string;
        };
        /** @description A consultation: the patient's view, and the base of all others. */
        Consultation: {
            conclusion: components["schemas"]["ConclusionRef"] | null;
            /** @description The conversation it is part of. */
            conversation_id: components["schemas"]["ConversationId"];
            /** @description Why it ended, where somebody said so. */
            end_reason: string | null;
            ended_at: components["schemas"]["Time"] | null;
            erased_at: components["schemas"]["Time"] | null;
            first_answer_at: components["schemas"]["Time"] | null;
            first_event_id: components["schemas"]["EventId"] | null;
            hold: components["schemas"]["Hold"] | null;
            /** @description Its id. */
            id: components["schemas"]["ConsultationId"];
            last_event_id: components["schemas"]["EventId"] | null;
            /**
             * Format: int64
             * @description Messages of patient and operators.
             */
            message_count: number;
            /** @description Operators taking part now; after the end, those who took part last. */
            participants: components["schemas"]["Participant"][];
            person: components["schemas"]["PersonRef"] | null;
            /** @description Where it stands. */
            phase: components["schemas"]["Phase"];
            /** @description Where it was asked, or transferred to. */
            queue: components["schemas"]["QueueRef"];
            rating: components["schemas"]["RatingRef"] | null;
            rating_until: components["schemas"]["Time"] | null;
            /** @description When the patient asked. */
            requested_at: components["schemas"]["Time"];
            /** @description The conversation's room. */
            room_id: components["schemas"]["RoomId"];
            taken_at: components["schemas"]["Time"] | null;
            waiting: components["schemas"]["Waiting"] | null;
        };
        /** @description `event: consultation` */
        ConsultationChanged: {
            /** @description As it stands now, for the caller's role. */
            consultation: components["schemas"]["ConsultationForRole"];
        };
        /** @description A consultation with all that a desk shows of it. */
        ConsultationDetail: components["schemas"]["ConsultationRow"] & {
            answers: components["schemas"]["Answered"] | null;
            /** @description The brand's own fields, in their order; empty for whom its row alone is shown. */
            fields: components["schemas"]["CustomField"][];
            /** @description Its life, oldest first; as far as the caller was there. */
            history: components["schemas"]["HistoryEntry"][];
            /** @description Keys of the history. */
            keys: components["schemas"]["Keys"];
        };
        /** @description `PATCH /consultations/{id}/fields` */
        ConsultationFieldsChange: {
            /** @description By id. What is left out stays; null empties. */
            fields: {
                [key: string]: components["schemas"]["FieldWish"];
            };
        };
        /** @description A consultation in the shape of the caller's role. */
        ConsultationForRole: components["schemas"]["ConsultationRow"] | components["schemas"]["Consultation"];
        /** @description A consultation that was found. */
        ConsultationHit: components["schemas"]["ArchiveRow"] & {
            /** @description Where it has the words; at most three. */
            snippets: components["schemas"]["ArchiveSnippet"][];
        };
        ConsultationId: string;
        /** @description A page of consultations in the shape of the caller's role. */
        ConsultationPage: components["schemas"]["Page_ConsultationRow"] | components["schemas"]["Page_Consultation"] | components["schemas"]["Page_PartnerConsultation"];
        /** @description A consultation as staff sees it in lists. */
        ConsultationRow: components["schemas"]["Consultation"] & {
            answered_at: components["schemas"]["Time"] | null;
            /** @description What was chosen in fields of the brand's own, each as lists are narrowed down by it: `occasion:again`. */
            chosen_fields: string[];
            /** @description Whether its queue asks for a conclusion. */
            conclusion_need: components["schemas"]["ConclusionNeed"];
            device_check: components["schemas"]["DeviceCheck"] | null;
            fields_changed_at: components["schemas"]["Time"] | null;
            /** @description What the patient speaks, of the brand's languages; null: he did not say. */
            language: string | null;
            last_message_at: components["schemas"]["Time"] | null;
            /** @description Fields that its queue asks for before the close and in which nothing stands yet; empty where it is over. */
            missing_fields: components["schemas"]["FieldRef"][];
            offer: components["schemas"]["Offer"] | null;
            /** @description Whose it is. */
            patient: components["schemas"]["PatientRef"];
            previous_operator: components["schemas"]["OperatorRef"] | null;
            /**
             * Format: int64
             * @description 0 is ordinary; a higher one goes first.
             */
            priority: number;
            /** @description Whether one of the patient's answers is a red flag. */
            red_flag: boolean;
            sla: components["schemas"]["SlaState"] | null;
            /** @description In the order they were put on. */
            tags: components["schemas"]["TagRef"][];
            transfer: components["schemas"]["Transfer"] | null;
            unanswered_since: components["schemas"]["Time"] | null;
        };
        /**
         * @description Order of consultations.
         * @enum {string}
         */
        ConsultationSort: "waiting" | "newest" | "oldest" | "patient" | "sla" | "unanswered";
        /**
         * @description Which consultations staff wants to see.
         * @enum {string}
         */
        ConsultationView: "waiting" | "mine" | "active" | "on_hold" | "ended" | "all";
        /** @description How to reach the partner outside the app. */
        ContactsSettings: {
            /** @default null */
            address: components["schemas"]["Localized"] | null;
            /**
             * @description E-mail for people. Default: none.
             * @default null
             */
            email: string | null;
            /**
             * @description Number to call when life is in danger, such as `112`. Default: none.
             * @default null
             */
            emergency_phone: string | null;
            /**
             * @description Telephone for people. Unit: E.164, such as `+74950000000`. Default: none.
             * @default null
             */
            phone: string | null;
            /** @default null */
            security: components["schemas"]["SecuritySettings"] | null;
        };
        /** @description The permanent room of a patient and a circle. */
        Conversation: {
            /** @description The queues that share its history. */
            circle: components["schemas"]["CircleId"];
            /** @description Its id. */
            id: components["schemas"]["ConversationId"];
            open_consultation: components["schemas"]["Consultation"] | null;
            /** @description Its room. */
            room_id: components["schemas"]["RoomId"];
        };
        ConversationId: string;
        /** @description All conversations of the caller. */
        Conversations: {
            /** @description Oldest first. */
            conversations: components["schemas"]["Conversation"][];
        };
        /** @description `PUT /consultations/{id}/person` */
        CorrectPerson: {
            person_id?: components["schemas"]["PersonId"] | null;
            was?: components["schemas"]["PersonId"] | null;
        };
        /** @description Who keeps a patient's secret, and who was given it. */
        Custody: {
            kept_by: components["schemas"]["CustodyBy"] | null;
            /** @description Newest first, at most 20. */
            releases: components["schemas"]["SecretRelease"][];
        };
        /**
         * @description Who keeps the secret.
         * @enum {string}
         */
        CustodyBy: "clinic" | "person";
        /** @description `event: custody` (its patient): the secret of his key backup was given to a device, or changed hands. */
        CustodyChanged: {
            /** @description As it stands now. */
            custody: components["schemas"]["Custody"];
        };
        /** @description A field of a card or a consultation. */
        CustomField: components["schemas"]["FieldDefinition"] & {
            /** @description Whether the consultation's queue asks for it before the close; false on a card. */
            required: boolean;
            value: components["schemas"]["FieldValue"] | null;
        };
        /** @description The brand's own fields. */
        CustomFields: {
            /** @description On consultations, in their order. */
            consultation: components["schemas"]["FieldDefinition"][];
            /** @description On patients' cards, in their order. */
            patient: components["schemas"]["FieldDefinition"][];
        };
        /** @description A day of a queue. */
        DayHours: {
            /** @description Closures that touch the day. */
            closures: components["schemas"]["QueueClosure"][];
            /** @description Which (ISO 8601), by the queue's clock. */
            date: string;
            /** @description Name of the holiday that it is, in the caller's language. */
            holiday: string | null;
            /** @description When it works, in order and without overlaps; none: it is closed. */
            times: components["schemas"]["CallbackWindow"][];
        };
        /** @description `POST /calls/{id}/decline` */
        DeclineCall: {
            /** @description Why; left out: not said. */
            reason?: components["schemas"]["DeclineReason"];
        };
        /**
         * @description Why a call was declined.
         * @enum {string}
         */
        DeclineReason: "none" | "busy" | "cannot_talk" | "call_later" | "write_instead";
        /** @description A patient deletes his account. */
        DeleteAccount: {
            /** @description That it is meant. */
            confirm: components["schemas"]["DeletionWord"];
        };
        /** @description A supervisor deletes a patient's account. */
        DeletePatient: {
            /** @description That it is meant. */
            confirm: components["schemas"]["DeletionWord"];
            /** @description Why, in 1 to 500 characters. */
            reason: string;
        };
        /** @description What the deletion of an account does, or did. */
        Deletion: {
            blocked: components["schemas"]["DeletionBlocked"] | null;
            deleted_at: components["schemas"]["Time"] | null;
            deleted_by: components["schemas"]["OperatorRef"] | null;
            finished_at: components["schemas"]["Time"] | null;
            /**
             * Format: int64
             * @description How many consultations lose their content, or lost it.
             */
            goes: number;
            /** @description That supervisor's reason; for staff alone. */
            reason: string | null;
            receipt: components["schemas"]["DeletionReceipt"] | null;
            /** @description What else stays, in words, in the caller's language. */
            remains: string[];
            /** @description Those whose records stay. */
            stays: components["schemas"]["DeletionStay"][];
        };
        /** @description What has to be ended, and which it is. */
        DeletionBlocked: {
            /** @description What. */
            by: components["schemas"]["DeletionObstacle"];
            callback_id: components["schemas"]["CallbackId"] | null;
            consultation_id: components["schemas"]["ConsultationId"] | null;
        };
        /**
         * @description What has to be ended before an account can be deleted.
         * @enum {string}
         */
        DeletionObstacle: "consultation" | "call" | "callback" | "sealing" | "staff";
        /** @description What was promised, signed. */
        DeletionReceipt: {
            /** @description The same for people: an HTML document in the caller's language. */
            html: string;
            /** @description Its number. */
            number: string;
            /** @description Signature by the archive's key, hexadecimal. */
            signature: string;
            /** @description The very text that is signed: open JSON of ids, numbers and times. */
            text: string;
            /** @description The archive's ed25519 key, hexadecimal. */
            verifying_key: string;
        };
        /** @description A consultation whose record stays sealed. */
        DeletionStay: {
            /** @description Which. */
            consultation_id: components["schemas"]["ConsultationId"];
            ended_at: components["schemas"]["Time"] | null;
            /** @description A legal hold keeps it until it is lifted. */
            held: boolean;
            /** @description In which queue. */
            queue: components["schemas"]["QueueRef"];
            /** @description When it was asked for. */
            requested_at: components["schemas"]["Time"];
            retention: components["schemas"]["Retention"] | null;
        };
        /**
         * @description The word that a deletion is meant.
         * @enum {string}
         */
        DeletionWord: "delete";
        /** @description What there is of a demonstration. */
        Demo: {
            /** @description Accounts that have not ended. */
            accounts: components["schemas"]["DemoAccount"][];
            /**
             * Format: int64
             * @description Their call-backs.
             */
            callbacks: number;
            /** @description What has to be typed: the brand's name. */
            confirm: string;
            /**
             * Format: int64
             * @description Their consultations whose content is there.
             */
            consultations: number;
            /** @description Whether the caller is one of them, who cannot remove them. */
            includes_you: boolean;
            removal: components["schemas"]["DemoRemoval"] | null;
        };
        /** @description An account of a demonstration. */
        DemoAccount: {
            /** @description What it is. */
            kind: components["schemas"]["DemoKind"];
            /** @description Its name. */
            name: string;
            /** @description Which. */
            user_id: components["schemas"]["UserId"];
        };
        /**
         * @description What an account of a demonstration is.
         * @enum {string}
         */
        DemoKind: "staff" | "patient" | "unused";
        /** @description A removal. */
        DemoRemoval: {
            /**
             * Format: int64
             * @description Accounts that were to go.
             */
            accounts: number;
            /** @description When it was begun. */
            begun_at: components["schemas"]["Time"];
            /** @description By whom. */
            begun_by: components["schemas"]["OperatorRef"];
            finished_at: components["schemas"]["Time"] | null;
            result: components["schemas"]["DemoRemoved"] | null;
        };
        /** @description What came of a removal. */
        DemoRemoved: {
            /**
             * Format: int64
             * @description Accounts that ended.
             */
            accounts: number;
            /**
             * Format: int64
             * @description Call-backs that were erased.
             */
            callbacks: number;
            /**
             * Format: int64
             * @description Consultations whose content was erased.
             */
            consultations: number;
            /**
             * Format: int64
             * @description Patients of whom a legal hold keeps something.
             */
            held: number;
        };
        /** @description A file that the desk keeps, to send it again and again. Where one is sent back, its id alone counts. */
        DeskFile: {
            /** @description Its id. */
            id: components["schemas"]["DeskFileId"];
            /** @description What it is, such as `application/pdf`. */
            media_type: string;
            /** @description What people see. */
            name: string;
            /**
             * Format: int64
             * @description How large. Unit: bytes.
             */
            size_bytes: number;
        };
        DeskFileId: string;
        /** @description What the latest test said. */
        DeviceCheck: {
            camera: components["schemas"]["DeviceState"] | null;
            /** @description When. */
            checked_at: components["schemas"]["Time"];
            connection: components["schemas"]["DeviceConnection"] | null;
            /** @description How the microphone did. */
            microphone: components["schemas"]["DeviceState"];
            /**
             * Format: int32
             * @description Usual time to this service and back. Unit: milliseconds.
             */
            round_trip_ms: number | null;
        };
        /**
         * @description How good the way to the service is for a talk.
         * @enum {string}
         */
        DeviceConnection: "good" | "fair" | "poor";
        /**
         * @description How a microphone or a camera did.
         * @enum {string}
         */
        DeviceState: "works" | "denied" | "absent" | "busy" | "failed";
        /** @description That two cards are two people's. */
        Dismissal: {
            /** @description When it was said. */
            at: components["schemas"]["Time"];
            /** @description By whom. */
            by: components["schemas"]["OperatorRef"];
        };
        /** @description A card that looks like the same human's and is another one's, at the word of a member of staff. */
        DismissedDuplicate: {
            /** @description When it was said. */
            at: components["schemas"]["Time"];
            /** @description By whom. */
            by: components["schemas"]["OperatorRef"];
            /** @description It. */
            patient: components["schemas"]["PatientRow"];
        };
        /** @description One thing that was looked at. */
        DoctorFinding: {
            /** @description What was looked at, in a word, such as `disk` or `certificate`; others may come. */
            check: string;
            /** @description How it stands. */
            level: components["schemas"]["DoctorLevel"];
            /** @description What to do; null where it is fine. */
            remedy: string | null;
            /** @description The same in a sentence, in English, as `consilium doctor` says it. */
            says: string;
        };
        /**
         * @description How a thing stands.
         * @enum {string}
         */
        DoctorLevel: "fine" | "hint" | "warning" | "broken";
        /** @description `GET` and `POST /doctor`: the look at the installation that was asked for last. */
        DoctorReport: {
            by: components["schemas"]["OperatorRef"] | null;
            ended_at: components["schemas"]["Time"] | null;
            /** @description Everything that was looked at, in the order in which one thing stands on another; empty until it has ended. */
            findings: components["schemas"]["DoctorFinding"][];
            started_at: components["schemas"]["Time"] | null;
            /** @description How far it is. */
            state: components["schemas"]["DoctorState"];
            /** @description Version of the service. */
            version: string;
        };
        /**
         * @description How far a look is.
         * @enum {string}
         */
        DoctorState: "never" | "running" | "done" | "failed";
        /** @description How many records go, of a class and a queue. */
        DueCount: {
            /** @description Their class. */
            class: components["schemas"]["RetentionClass"];
            /**
             * Format: int64
             * @description How many.
             */
            count: number;
            /**
             * Format: int64
             * @description How many of them are held.
             */
            held: number;
            /** @description Their queue. */
            queue: components["schemas"]["QueueRef"];
        };
        /** @description What goes in the days to come. */
        DuePage: {
            /** @description There are more than `total`: counting stopped there, at 10000 at the latest. Absent: there are exactly so many. */
            at_least: boolean;
            /** @description All of them by class and queue. */
            counts: components["schemas"]["DueCount"][];
            /** @description Rows, the first that goes first. */
            items: components["schemas"]["DueRow"][];
            /** @description Give it back as `cursor` for the next page; null after the last. */
            next_cursor: string | null;
            /**
             * Format: int64
             * @description Rows of the whole list.
             */
            total: number;
        };
        /** @description A record that goes soon. */
        DueRow: components["schemas"]["ArchiveRow"] & {
            goes_at: components["schemas"]["Time"] | null;
            /** @description What holds it. */
            holds: components["schemas"]["LegalHold"][];
        };
        /**
         * @description What makes two cards look like one human's.
         * @enum {string}
         */
        DuplicateReason: "phone" | "email" | "name_and_birth_date" | "name" | "external_id";
        /** @description An earlier answer on which a question depends. */
        EnableWhenSettings: {
            /** @description Its answer: an option's code; `yes` or `no` for a `boolean`. */
            answer: string;
            /** @description `link_id` of an earlier `boolean` or `choice`. */
            question: string;
        };
        /** @description What staff ended. */
        EndedSignIns: {
            /** @description When. */
            at: components["schemas"]["Time"];
            /** @description Who did it: a name. */
            by: string;
            /**
             * Format: int32
             * @description How many.
             */
            count: number;
            /** @description Why. */
            reason: components["schemas"]["SignOutReason"];
        };
        /** @description `POST /follow-ups/{id}/done` and `/cancel` */
        EndFollowUp: {
            /**
             * Format: int64
             * @description The version that was seen.
             */
            version: number;
        };
        /** @description That a record was erased. */
        Erased: {
            /** @description When. */
            at: components["schemas"]["Time"];
            /** @description Who, by name; empty: the service, because its time was over. */
            by: string;
            /** @description Why. */
            cause: components["schemas"]["ErasureCause"];
            /** @description The supervisor's reason. */
            reason: string | null;
        };
        /** @description A file of an erased record at the homeserver. */
        ErasedFile: {
            gone_at: components["schemas"]["Time"] | null;
            /** @description `mxc:` address. */
            url: string;
        };
        /** @description A record whose key was destroyed. */
        ErasedRecord: {
            /**
             * Format: int64
             * @description Files that were in it.
             */
            file_count: number;
            /** @description Its hash, hexadecimal. */
            hash: string;
            /**
             * Format: int64
             * @description Messages that were in it.
             */
            message_count: number;
            /** @description When it was sealed. */
            sealed_at: components["schemas"]["Time"];
            /**
             * Format: int64
             * @description Its place in the chain.
             */
            sequence: number;
        };
        /** @description Erases a record by hand. */
        EraseRecord: {
            /** @description Why, in 1 to 500 characters. */
            reason: string;
        };
        /**
         * @description Why a record was erased.
         * @enum {string}
         */
        ErasureCause: "due" | "by_hand" | "account_deleted";
        /** @description The certificate of an erasure. */
        ErasureCertificate: {
            /** @description The consultation. */
            consultation_id: components["schemas"]["ConsultationId"];
            /** @description What was removed with them. */
            counts: components["schemas"]["ErasureCounts"];
            ended_at: components["schemas"]["Time"] | null;
            /** @description The erasure. */
            erased: components["schemas"]["Erased"];
            /** @description Their files at the homeserver; null: the records did not open on this server, so it is not known which they were. */
            files: components["schemas"]["ErasedFile"][] | null;
            /** @description The patient's id; his name is not part of it. */
            patient_id: components["schemas"]["PatientId"];
            /** @description The proof. */
            proof: components["schemas"]["ErasureProof"];
            /** @description The queue. */
            queue: components["schemas"]["QueueRef"];
            /** @description Records whose keys were destroyed: nobody opens them any more. */
            records: components["schemas"]["ErasedRecord"][];
            /** @description What is still there, in words, in the caller's language. */
            remains: string[];
            /** @description When it was asked for. */
            requested_at: components["schemas"]["Time"];
            retention: components["schemas"]["Retention"] | null;
        };
        /** @description What was removed with the records. */
        ErasureCounts: {
            /**
             * Format: int64
             * @description Answers to the questions at the request.
             */
            answers: number;
            /**
             * Format: int64
             * @description Calls of which reasons and measurements were removed.
             */
            calls: number;
            /**
             * Format: int64
             * @description What the patient wrote when he rated it; the stars stay.
             */
            comments: number;
            /**
             * Format: int64
             * @description Conclusions, with all versions.
             */
            conclusions: number;
            /**
             * Format: int64
             * @description What stood in fields of the brand's own.
             */
            fields: number;
            /**
             * Format: int64
             * @description What staff wanted to come back to.
             */
            follow_ups: number;
            /**
             * Format: int64
             * @description Notes of staff.
             */
            notes: number;
            /**
             * Format: int64
             * @description Tags.
             */
            tags: number;
        };
        /** @description What proves an erasure: the tombstone in the archive's chain. */
        ErasureProof: {
            /** @description Its place, and whether it holds. */
            chain: components["schemas"]["Chain"];
            /** @description Salt of the reason's hash in the tombstone, hexadecimal; null: no reason was given. */
            reason_salt: string | null;
            /** @description Signature of its head by the archive's key, hexadecimal. */
            signature: string;
            /** @description The very text that its hash covers. */
            tombstone: string;
            /** @description The archive's ed25519 key, hexadecimal. */
            verifying_key: string;
        };
        EventId: string;
        /** @description `POST /consultations/export` */
        ExportConsultations: {
            /** @description Which: 1 to 200, each once. */
            ids: components["schemas"]["ConsultationId"][];
        };
        /** @description Chosen rows for a spreadsheet. */
        ExportedRows: {
            /** @description What became of each, in the order of the request. */
            rows: components["schemas"]["BulkRow"][];
            /** @description Comma-separated values (RFC 4180) with a head: the rows that were given out. */
            table: string;
        };
        /** @description `POST /patients/export` */
        ExportPatients: {
            /** @description Whose cards: 1 to 200, each once. */
            ids: components["schemas"]["PatientId"][];
        };
        /** @description That the number of a partner's system was put on a card in the place of the one before, or taken off. */
        ExternalIdChange: {
            /** @description When. */
            at: components["schemas"]["Time"];
            /** @description Name of who changed it: a member of staff, a partner's key; empty: the service itself. */
            by: string;
            /** @description The number since then; null: there was none. */
            external_id: string | null;
        };
        /** @description What can be chosen. */
        FieldChoice: {
            /** @description Names it among the others. */
            code: string;
            /** @description What it says, in the caller's language. */
            text: string;
        };
        /** @description A field as the brand has it. */
        FieldDefinition: {
            /** @description Who fills it in. */
            filled_by: components["schemas"]["FieldFilledBy"];
            /** @description Names it among the fields beside it. */
            id: string;
            /** @description What it is called, in the caller's language. */
            name: string;
            /** @description What can be chosen; empty unless it is a `choice`. */
            options: components["schemas"]["FieldChoice"][];
            /** @description What stands in it. */
            type: components["schemas"]["FieldType"];
        };
        /** @description What is wrong with one field. */
        FieldError: {
            /** @description A short word for what is wrong, by which a client finds a sentence of its own language; absent: there is none, and `message` has to do. */
            code?: string | null;
            /** @description Name of the field. */
            field: string;
            /** @description What is wrong and what is allowed. */
            message: string;
            /** @description What such a sentence names: bounds, a language, a name. */
            params?: {
                [key: string]: string;
            } | null;
        };
        /**
         * @description Who fills a field in.
         * @enum {string}
         */
        FieldFilledBy: "staff" | "supervisor" | "partner";
        /** @description What can be chosen. */
        FieldOptionSettings: {
            /** @description Short name, unique among the options: 1 to 32 of `a-z 0-9 -`. */
            code: string;
            /** @description What it says, by language. */
            text: components["schemas"]["Localized"];
        };
        /** @description A field by name. */
        FieldRef: {
            /** @description Names it among the fields beside it. */
            id: string;
            /** @description What it is called, in the caller's language. */
            name: string;
        };
        /** @description One field. */
        FieldSettings: {
            /** @description Who fills it in. Default: `staff`. */
            filled_by: components["schemas"]["FieldFilledBy"];
            /** @description Short name, unique among the fields beside it: 1 to 32 of `a-z 0-9 -`. Partners' systems set the field by it. */
            id: string;
            /** @description What it is called, by language. */
            name: components["schemas"]["Localized"];
            /** @description What can be chosen, for a `choice`: 2 to 50. Default: none. */
            options: components["schemas"]["FieldOptionSettings"][];
            /** @description What stands in it. */
            type: components["schemas"]["FieldType"];
        };
        /** @description The partner's own fields. */
        FieldsSettings: {
            /**
             * @description On consultations, in their order, for staff alone: at most 30. What stands in them goes with the consultation's record. Default: none.
             * @default []
             */
            consultation: components["schemas"]["FieldSettings"][];
            /**
             * @description On patients' cards, in their order: at most 30. What stands in them is the patient's own data: it is in the copy of his data, and goes with his account.
             *     Default: none.
             * @default []
             */
            patient: components["schemas"]["FieldSettings"][];
        };
        /**
         * @description What stands in a field.
         * @enum {string}
         */
        FieldType: "text" | "number" | "date" | "choice" | "boolean";
        /** @description What stands in a field: a boolean, a number, the code of a `choice`, or a text; a day is a text, such as `2026-05-09`. */
        FieldValue: boolean | number | string;
        /** @description What is to stand in a field: something, or null for nothing. It only describes the shape: an `Option<FieldValue>` reads it. */
        FieldWish: components["schemas"]["FieldValue"] | null;
        /** @description `POST /callbacks/{id}/done` */
        FinishCallback: {
            /** @description For staff; it goes into the archive. */
            note?: string | null;
            /** @description What came of it. */
            outcome: components["schemas"]["CallbackOutcome"];
        };
        /** @description What staff comes back to at a time. */
        FollowUp: {
            consultation_id: components["schemas"]["ConsultationId"] | null;
            /** @description When it was made. */
            created_at: components["schemas"]["Time"];
            /** @description By whom. */
            created_by: components["schemas"]["OperatorRef"];
            /** @description When its time comes. */
            due_at: components["schemas"]["Time"];
            ended_at: components["schemas"]["Time"] | null;
            ended_by: components["schemas"]["OperatorRef"] | null;
            /** @description Its id. */
            id: components["schemas"]["FollowUpId"];
            /** @description Whether it has come, and nobody has done it. */
            is_due: boolean;
            message: components["schemas"]["FollowUpMessage"] | null;
            /** @description What is to be done. */
            note: string | null;
            operator: components["schemas"]["OperatorRef"] | null;
            /** @description About whom. */
            patient: components["schemas"]["PatientRef"];
            /** @description Who does it where it is nobody's own, or its owner is not there. */
            queue: components["schemas"]["QueueRef"];
            /** @description Where it stands. */
            state: components["schemas"]["FollowUpState"];
            /**
             * Format: int64
             * @description Give it back with a change, so that nobody's is lost.
             */
            version: number;
        };
        /** @description `PATCH /follow-ups/{id}` */
        FollowUpChange: {
            due_at?: components["schemas"]["Time"] | null;
            /** @description What is sent to the patient at its time, at most 2,000 characters; null: nothing. 409 where it is on its way already. */
            message?: string | null;
            /** @description What is to be done, at most 1,000 characters; null: nothing more is said. */
            note?: string | null;
            operator_id?: components["schemas"]["OperatorId"] | null;
            queue_id?: components["schemas"]["QueueId"] | null;
            /**
             * Format: int64
             * @description The version that was changed.
             */
            version: number;
        };
        /** @description `event: follow_up` (staff): that one was made, changed, came due or ended; whose it is, and not what it says. */
        FollowUpChanged: {
            /** @description Which. */
            follow_up_id: components["schemas"]["FollowUpId"];
            operator_id: components["schemas"]["OperatorId"] | null;
            /** @description About whom. */
            patient_id: components["schemas"]["PatientId"];
            /** @description Who does it where it is nobody's own. */
            queue_id: components["schemas"]["QueueId"];
        };
        FollowUpId: string;
        /** @description What is sent to the patient at the time of a follow-up. */
        FollowUpMessage: {
            at: components["schemas"]["Time"] | null;
            /** @description How far it is. */
            state: components["schemas"]["FollowUpMessageState"];
            /** @description What it says. */
            text: string;
        };
        /**
         * @description How far a message is.
         * @enum {string}
         */
        FollowUpMessageState: "planned" | "leaving" | "sent" | "failed" | "taken_back";
        /**
         * @description Where a follow-up stands.
         * @enum {string}
         */
        FollowUpState: "open" | "done" | "cancelled";
        /**
         * @description Which follow-ups staff wants to see.
         * @enum {string}
         */
        FollowUpView: "mine" | "open" | "ended";
        /** @description With what a message to a patient begins. */
        FollowUpWords: {
            /** @description Whether there is a conversation in which it could stand. */
            can_be_sent: boolean;
            /** @description What he speaks, as far as the brand does. */
            language: string;
            /** @description The brand's words in it (`follow_up.message` among its texts). */
            text: string;
        };
        /** @description A queue that the public form offers. */
        FormQueue: {
            /** @description What it is for. */
            description: string;
            /** @description When its operators work. */
            hours: components["schemas"]["WorkingHours"];
            /** @description Its id. */
            id: components["schemas"]["QueueId"];
            /** @description Name in the language asked for. */
            name: string;
        };
        /** @description `PUT /me/consents/{purpose}` */
        GiveConsent: {
            /** @description Hash of the text that was shown: the patient agrees to that one. */
            hash: string;
        };
        /** @description A consent that comes with a request. */
        GivenConsent: {
            /** @description Hash of the text that was shown. */
            hash: string;
            /** @description To what. */
            purpose: components["schemas"]["ConsentPurpose"];
        };
        /** @description `event: gone` (operators): something changed that is not the caller's to see, or not any more: a list that has it drops it. */
        Gone: {
            /** @description Its id, and nothing else of it. */
            id: string;
            /** @description What it is. */
            kind: components["schemas"]["GoneKind"];
        };
        /**
         * @description What something is that is gone.
         * @enum {string}
         */
        GoneKind: "consultation" | "callback" | "follow_up";
        /**
         * @description As what a colleague is asked in.
         * @enum {string}
         */
        GuestRole: "consultant" | "observer" | "trainee";
        /** @description What becomes of one consultation, with `PUT /operators/me/status`. */
        HandOver: {
            /** @description One of those that its queue lets him choose. */
            choice: components["schemas"]["LeavingChoice"];
            /** @description Which. One that the caller does not lead any more is left alone. */
            consultation_id: components["schemas"]["ConsultationId"];
            /** @description For the one who takes it next; not shown to the patient. At most 4000 characters. */
            note?: string | null;
        };
        /** @description A consultation that is held. */
        HeldConsultation: {
            /** @description Its id. */
            id: components["schemas"]["ConsultationId"];
            /** @description Its queue. */
            queue: components["schemas"]["QueueRef"];
            /** @description When it was asked for. */
            requested_at: components["schemas"]["Time"];
        };
        /** @description One step in a consultation's life. */
        HistoryEntry: {
            /**
             * @description `requested`, `taken`, `held`, `resumed`, `transferred`, `returned`, `taken_over`, `silence_warned`, `closed`, `cancelled`, `abandoned`, `reopened`,
             *     `invited`, `left`, `dismissed`, `answers_changed`, `person_corrected`, `raised`, `lowered`, `moved` or `assigned`.
             */
            action: string;
            /** @description Who. */
            actor: components["schemas"]["Actor"];
            /** @description When. */
            at: components["schemas"]["Time"];
            /** @description What he wrote. */
            note: string | null;
            /** @description Name of the colleague who was invited, left or was dismissed. */
            operator: string | null;
        };
        /** @description What a hand-over of the history's keys did. */
        HistoryKeys: {
            /**
             * Format: int32
             * @description Devices of the caller that got a bundle; 0: none can read it, the caller has to set up his keys.
             */
            devices: number;
            /**
             * Format: int32
             * @description Sessions in the bundle.
             */
            sessions: number;
        };
        /** @description Time on hold. */
        Hold: {
            /** @description Since when. */
            since: components["schemas"]["Time"];
            until: components["schemas"]["Time"] | null;
        };
        HoldId: string;
        /** @description The end of a hold. */
        HoldLifted: {
            /** @description When. */
            at: components["schemas"]["Time"];
            /** @description By whom. */
            by: components["schemas"]["OperatorRef"];
            /** @description Why. */
            reason: string;
        };
        /** @description `POST /consultations/{id}/hold` */
        HoldRequest: {
            until?: components["schemas"]["Time"] | null;
        };
        /**
         * @description Which holds.
         * @enum {string}
         */
        HoldView: "active" | "lifted";
        /** @description A day on which queues do not work. */
        HolidaySettings: {
            /** @description Name, by language. */
            name: components["schemas"]["Localized"];
            /** @description Each year, such as `"01-07"`, or once, such as `"2027-03-08"`. Unit: date, in each queue's time zone. */
            on: string;
        };
        /** @description A time of the week. */
        HoursSettings: {
            /** @description On these days. */
            days: components["schemas"]["Weekday"][];
            /** @description From. Unit: time of day, such as `"09:00"`. */
            from: string;
            /** @description To, later on the same day; `"00:00"` is the day's end. Unit: time of day. */
            to: string;
        };
        /** @description The account that a password was set for. */
        InvitationAccepted: {
            /** @description What its person signs in with. */
            login: string;
            /** @description Matrix user id. */
            user_id: components["schemas"]["UserId"];
        };
        /** @description What who has the link is greeted with. */
        InvitationGreeting: {
            /** @description When the link ends by itself. */
            expires_at: components["schemas"]["Time"];
            /** @description In which of the brand's languages he is greeted; null: as his device says. */
            language: string | null;
            /** @description What he signs in with, besides the password that he sets now. */
            login: string;
            /** @description Name of the patient. */
            name: string;
            /** @description Name of the service. */
            service: string;
        };
        /**
         * @description How an invitation stands.
         * @enum {string}
         */
        InvitationState: "open" | "used" | "expired" | "taken_back";
        /** @description `POST /consultations/{id}/participants` */
        InviteRequest: {
            /** @description Whom. */
            operator_id: components["schemas"]["OperatorId"];
            /** @description As what; a consultant where it is left out. */
            role?: components["schemas"]["GuestRole"];
        };
        /** @description `POST /calls/{id}/stand-by`, `POST /calls/{id}/answer` and `POST /calls/{id}/token` */
        JoinCall: {
            /** @description As in `NewCall`. */
            member_id?: string | null;
        };
        /** @description A call with what the device needs to join it. */
        JoinedCall: {
            /** @description The call. */
            call: components["schemas"]["Call"];
            /** @description Accounts at which it rings now: the caller's device hands its media key to their devices with the ring, so that nobody waits for it who answers. */
            rings_at: components["schemas"]["UserId"][];
            ticket: components["schemas"]["CallTicket"] | null;
        };
        /** @description The phone's app says who signed in. */
        JoinRehearsal: {
            /** @description What stood in the address. */
            code: string;
        };
        /** @description Whether the caller's devices got the keys of the conversation's history. */
        Keys: {
            /**
             * Format: int32
             * @description How many it reached.
             */
            devices: number;
            /** @description Whether the last hand-over reached a device of the caller. */
            ready: boolean;
        };
        /** @description `event: keys`: history keys were handed over to the caller. */
        KeysChanged: {
            /** @description The consultation whose conversation they open. */
            consultation_id: components["schemas"]["ConsultationId"];
            /**
             * Format: int32
             * @description Devices of the caller that got them.
             */
            devices: number;
        };
        /** @description What would become of all that the caller leads. */
        Leaving: {
            /** @description Oldest request first. */
            consultations: components["schemas"]["LeavingConsultation"][];
        };
        /**
         * @description What becomes of a consultation when its operator goes.
         * @enum {string}
         */
        LeavingChoice: "keep" | "queue" | "colleague";
        /** @description A consultation that the caller leads. */
        LeavingConsultation: {
            /** @description What the caller can choose; the first is what happens unless he says otherwise. Never empty. */
            choices: components["schemas"]["LeavingChoice"][];
            colleague: components["schemas"]["OperatorRef"] | null;
            /** @description Which. */
            consultation_id: components["schemas"]["ConsultationId"];
            /** @description Whether somebody is in a call with the patient: nothing becomes of it before the call is over. */
            in_call: boolean;
            /** @description What its queue says. */
            on_leave: components["schemas"]["OnLeave"];
            /** @description Whose. */
            patient: components["schemas"]["PatientRef"];
            /** @description Where it stands. */
            phase: components["schemas"]["Phase"];
            /** @description Where. */
            queue: components["schemas"]["QueueRef"];
        };
        /** @description A document that a person reads or agrees to. */
        LegalDocumentSettings: {
            /** @description HTML fragment files, by language, relative to the brand folder. One for each language of the brand; none where `texts` says it. Default: none. */
            files: components["schemas"]["Localized"];
            /** @description Short name, the last part of its address: 1 to 32 of `a-z 0-9 -`. */
            id: string;
            texts: components["schemas"]["Localized"] | null;
            /** @description Title, by language. */
            title: components["schemas"]["Localized"];
            /** @description Version of the text; a person agrees to a version. A date is a good one. */
            version: string;
        };
        /** @description A legal hold: what it is on is not erased. */
        LegalHold: {
            consultation: components["schemas"]["HeldConsultation"] | null;
            /** @description Its id. */
            id: components["schemas"]["HoldId"];
            lifted: components["schemas"]["HoldLifted"] | null;
            /** @description Whose records. */
            patient: components["schemas"]["PatientRef"];
            /** @description Since when. */
            placed_at: components["schemas"]["Time"];
            /** @description By whom. */
            placed_by: components["schemas"]["OperatorRef"];
            /** @description Why. */
            reason: string;
        };
        /** @description A law, as a brand keeps it. */
        LegalProfile: {
            /** @description What required consents have to cover; what stands in different groups wants consents of their own. */
            consents: components["schemas"]["ConsentSubject"][][];
            /** @description Ids of the documents that there have to be. */
            documents: string[];
            /** @description Its id. */
            id: string;
            /** @description Its name, in the caller's language. */
            name: string;
            /** @description The acts that it follows, in the caller's language; null: it says none. */
            source: string | null;
        };
        /** @description Lifts a hold. */
        LiftHold: {
            /** @description Why, in 1 to 500 characters. */
            reason: string;
        };
        /** @description One text in several languages. */
        Localized: {
            [key: string]: string;
        };
        /** @description A macro. */
        Macro: {
            /** @description Out of use: nobody can run it. */
            archived: boolean;
            /** @description When it was changed last. */
            changed_at: components["schemas"]["Time"];
            /** @description By whom. */
            changed_by: components["schemas"]["OperatorRef"];
            /** @description What it says and does. */
            content: components["schemas"]["MacroContent"];
            /** @description Its id. */
            id: components["schemas"]["MacroId"];
            /**
             * Format: int64
             * @description Give it back with a change or a run, so that nobody's is lost and nothing runs that was not shown.
             */
            version: number;
        };
        /** @description `PUT /macros/{id}` */
        MacroChange: {
            /** @description Whether it goes, or stays, out of use. */
            archived: boolean;
            /** @description What it is to say and do. */
            content: components["schemas"]["MacroContent"];
            /**
             * Format: int64
             * @description The version that was changed.
             */
            version: number;
        };
        /** @description `event: macro` (staff) */
        MacroChanged: {
            /** @description As it stands now. */
            changed: components["schemas"]["Macro"];
        };
        /** @description What a macro says and does, in the order in which it does it. */
        MacroContent: {
            /** @description Put on then; one that is there stays. */
            add_tags: components["schemas"]["TagId"][];
            ending: components["schemas"]["MacroEnding"] | null;
            /** @description Files of the desk that his client sends then, one after the other: at most 5. */
            files: components["schemas"]["DeskFile"][];
            /**
             * @description Colleagues whom the note names, at most 10: each may read the conversation's notes for a time, as with a note that is written by hand. Whoever runs the
             *     macro is left out.
             */
            mentions: components["schemas"]["OperatorId"][];
            /** @description Written then for staff alone: at most 4000 characters. */
            note: string | null;
            /** @description Only for consultations of these queues; empty: for all. */
            queues: components["schemas"]["QueueId"][];
            /** @description Taken off then; one that is not there stays away. */
            remove_tags: components["schemas"]["TagId"][];
            /** @description The word behind `/`: 1 to 32 letters, digits, - and _; lower case, one for each macro in use. */
            shortcut: string;
            /**
             * @description What the operator's client sends to the patient first, by language: 1 to 4000 characters, with the placeholders of canned replies. Empty: nothing; else
             *     always in the brand's default language.
             */
            texts: {
                [key: string]: string;
            };
            /** @description What lists show: 1 to 100 characters. */
            title: string;
        };
        /** @description What a macro does at last. */
        MacroEnding: {
            /** @enum {string} */
            kind: "hold";
            /**
             * Format: int32
             * @description For how long: 1 to 43200; null: until the lead goes on. Unit: minutes.
             */
            minutes?: number | null;
        } | {
            /** @enum {string} */
            kind: "transfer";
            /** @description For the one who takes it next: 1 to 4000 characters; not shown to the patient. */
            note: string;
            /** @description Which. */
            queue_id: components["schemas"]["QueueId"];
        } | {
            /** @enum {string} */
            kind: "close";
            /** @description Why: at most 4000 characters. */
            note?: string | null;
        };
        MacroId: string;
        /** @description All macros of the brand. */
        Macros: {
            /** @description Archived ones too, in the order they were made; at most 300. */
            macros: components["schemas"]["Macro"][];
        };
        /**
         * @description A step of a macro, as a refusal names it.
         * @enum {string}
         */
        MacroStep: "files" | "remove_tags" | "add_tags" | "note" | "hold" | "transfer" | "close";
        /** @description The caller, as the service knows him. */
        Me: {
            /** @description Patients only: ISO 8601 date. */
            birth_date: string | null;
            /** @description The patient's own; empty for staff. */
            conversations: components["schemas"]["Conversation"][];
            custody: components["schemas"]["Custody"] | null;
            /** @description Patients only. */
            email: string | null;
            /** @description The service's own encrypted member; the only one whose key bundles a client accepts. */
            keeper_user_id: components["schemas"]["UserId"];
            /** @description Name to show. */
            name: string;
            operator: components["schemas"]["Operator"] | null;
            /** @description Patients only. */
            phone: string | null;
            /** @description What he may do. */
            role: components["schemas"]["Role"];
            sex: components["schemas"]["Sex"] | null;
            /** @description Matrix user id. */
            user_id: components["schemas"]["UserId"];
        };
        /** @description A measure over a call. */
        Measure: {
            /**
             * Format: int64
             * @description The mean.
             */
            mean: number;
            /**
             * Format: int64
             * @description The worst.
             */
            worst: number;
        };
        /** @description A colleague's note mentions the caller. */
        Mention: {
            /** @description When. */
            at: components["schemas"]["Time"];
            /** @description Who wrote it. */
            by: components["schemas"]["OperatorRef"];
            consultation_id: components["schemas"]["ConsultationId"] | null;
            /** @description The conversation it is on. */
            conversation_id: components["schemas"]["ConversationId"];
            /** @description Its id. */
            id: components["schemas"]["MentionId"];
            /** @description The note. */
            note_id: components["schemas"]["NoteId"];
            /** @description Whose. */
            patient: components["schemas"]["PatientRef"];
            seen_at: components["schemas"]["Time"] | null;
            /** @description Until then it opens the conversation's notes, however far the caller's other rights go. */
            until: components["schemas"]["Time"];
        };
        /** @description `event: mention` (whom it names): a note mentions him, or no longer does, or he looked at it. */
        MentionChanged: {
            mention: components["schemas"]["Mention"] | null;
            /** @description Which. */
            mention_id: components["schemas"]["MentionId"];
            /**
             * Format: int64
             * @description How many he has not looked at.
             */
            unseen: number;
        };
        MentionId: string;
        /** @description A page of the caller's mentions. */
        MentionPage: {
            /** @description Newest first. */
            items: components["schemas"]["Mention"][];
            /** @description Give it back as `cursor` for the next page; null after the last. */
            next_cursor: string | null;
            /**
             * Format: int64
             * @description Rows of the whole list.
             */
            total: number;
            /**
             * Format: int64
             * @description How many of the whole list he has not looked at.
             */
            unseen: number;
        };
        /** @description What a card says. */
        MergeCard: {
            /** @description ISO 8601 date. */
            birth_date: string | null;
            /** @description When the service first saw him. */
            created_at: components["schemas"]["Time"];
            /** @description E-mail address. */
            email: string | null;
            /** @description The number by which a partner's system knows him. */
            external_id: string | null;
            /** @description The brand's own fields, in their order. */
            fields: components["schemas"]["CustomField"][];
            /** @description Policy, as text. */
            insurance: string | null;
            /** @description Name to show. */
            name: string;
            /** @description Id of the record. */
            patient_id: components["schemas"]["PatientId"];
            /** @description E.164 where it was given so. */
            phone: string | null;
            sex: components["schemas"]["Sex"] | null;
            /** @description Matrix user id. */
            user_id: components["schemas"]["UserId"];
        };
        /** @description What the two cards say once they are separate. */
        MergeCards: {
            /** @description The one that stayed. */
            leading: components["schemas"]["MergeCard"];
            /** @description The one that was shown on it. */
            merged: components["schemas"]["MergeCard"];
        };
        /** @description How much there is under a card. */
        MergeCounts: {
            /**
             * Format: int64
             * @description Accounts that are shown on it.
             */
            accounts: number;
            /**
             * Format: int64
             * @description Call-backs.
             */
            callbacks: number;
            /**
             * Format: int64
             * @description Entries in the ledger of consents.
             */
            consents: number;
            /**
             * Format: int64
             * @description Consultations.
             */
            consultations: number;
            /**
             * Format: int64
             * @description Files in sealed records.
             */
            files: number;
            /**
             * Format: int64
             * @description Legal holds that stand.
             */
            holds: number;
            /**
             * Format: int64
             * @description Notes of staff.
             */
            notes: number;
            /**
             * Format: int64
             * @description Of these, those that are not over.
             */
            open_consultations: number;
            /**
             * Format: int64
             * @description Persons whom it acts for, without those who were removed.
             */
            persons: number;
        };
        /** @description Another account that is shown on a card. */
        MergedAccount: {
            /** @description What was agreed to from it, for its own holder. */
            consents: components["schemas"]["PatientConsent"][];
            /** @description The merge. */
            merge_id: components["schemas"]["MergeId"];
            /** @description Since when it is shown here. */
            merged_at: components["schemas"]["Time"];
            /** @description By whom. */
            merged_by: components["schemas"]["OperatorRef"];
            /** @description The name that its own record has. */
            name: string;
            /** @description Its record. */
            patient_id: components["schemas"]["PatientId"];
            /** @description Fields that the card shows as this account has them. */
            taken: components["schemas"]["CardField"][];
            /** @description The same of the brand's own fields, by their ids. */
            taken_fields: string[];
            /** @description Matrix user id. */
            user_id: components["schemas"]["UserId"];
        };
        MergeId: string;
        /**
         * @description Why two cards are not merged this way round.
         * @enum {string}
         */
        MergeObstacle: "already_merged" | "leads_others" | "deleted" | "staff" | "full";
        /** @description Two cards side by side, and what a merge of them brings. */
        MergePreview: {
            /** @description Fields in which they differ. */
            differing: components["schemas"]["CardField"][];
            /** @description Ids of the brand's own fields in which they differ. */
            differing_fields: string[];
            dismissed: components["schemas"]["Dismissal"] | null;
            /** @description The card that would stay in lists. */
            leading: components["schemas"]["MergeSide"];
            /** @description The one that would be shown on it. */
            merged: components["schemas"]["MergeSide"];
            obstacle: components["schemas"]["MergeObstacle"] | null;
            /** @description What was seen: a merge names it, and is refused where either card has changed since. */
            seen: string;
            /** @description Of these, those in which only the one that would go says something. */
            suggested: components["schemas"]["CardField"][];
            /** @description Of these, those in which only the one that would go says something. */
            suggested_fields: string[];
        };
        /** @description The end of a merge. */
        MergeSeparated: {
            /** @description When. */
            at: components["schemas"]["Time"];
            by: components["schemas"]["OperatorRef"] | null;
            /** @description Why; null where an account was deleted. */
            reason: string | null;
        };
        /** @description One of two cards side by side. */
        MergeSide: {
            /** @description What it says. */
            card: components["schemas"]["MergeCard"];
            /** @description What is under it. */
            counts: components["schemas"]["MergeCounts"];
        };
        /** @description `POST /callbacks/{id}/move`: both left out mean as soon as possible, in the time zone of the order. */
        MoveCallback: {
            /** @description The patient's time zone (IANA); left out: that of the order. */
            time_zone?: string | null;
            window?: components["schemas"]["CallbackWindowRequest"] | null;
        };
        /** @description `POST /api-keys` */
        NewApiKey: {
            expires_at?: components["schemas"]["Time"] | null;
            /** @description What it is called: 1 to 60 characters, its own among those in use. */
            name: string;
            /** @description What it may do; at least one. */
            scopes: components["schemas"]["ApiScope"][];
        };
        /** @description `POST /consultations/{id}/calls` */
        NewCall: {
            /** @description Audio or video. */
            kind: components["schemas"]["CallKind"];
            /** @description `member.id` of the sticky membership that the device will send; left out for a membership by state event. */
            member_id?: string | null;
        };
        /** @description `POST /callbacks` */
        NewCallback: {
            /** @description What the patient agrees to with it, each with the text that he was shown. Default: nothing. */
            consents?: components["schemas"]["GivenConsent"][];
            person_id?: components["schemas"]["PersonId"] | null;
            /** @description Where to call; left out: the number of the patient's card, and where it has none, only in the app. */
            phone?: string | null;
            /** @description A queue whose service says that call-backs are `available`. */
            queue_id: components["schemas"]["QueueId"];
            /** @description What it is about, at most 1,000 characters. */
            reason?: string | null;
            /**
             * Format: uuid
             * @description Made by the client once for each press of the button; a retry with the same one gives the same call-back.
             */
            request_id: string;
            /** @description The patient's time zone (IANA); left out: the brand's. */
            time_zone?: string | null;
            window?: components["schemas"]["CallbackWindowRequest"] | null;
        };
        /** @description `POST /callbacks/{id}/calls` */
        NewCallbackCall: {
            /** @description Audio or video. */
            kind: components["schemas"]["CallKind"];
            /** @description As in `NewCall`. */
            member_id?: string | null;
        };
        /** @description `POST /callbacks/{id}/notes` */
        NewCallbackNote: {
            /** @description What staff has to know; the patient does not see it. 1 to 4,000 characters. */
            note: string;
        };
        /** @description `POST /canned` */
        NewCanned: {
            /** @description Files that are kept (`POST /files`), at most 5. Default: none. */
            files?: components["schemas"]["DeskFile"][];
            /** @description A language of the brand. */
            language: string;
            /** @description Only for these queues; empty or absent: for all. */
            queues?: components["schemas"]["QueueId"][];
            /** @description Whose; shared ones are made by supervisors. */
            scope: components["schemas"]["CannedScope"];
            /** @description One word of 1 to 32 letters, digits, - and _. */
            shortcut: string;
            /** @description At most 4000 characters; empty only where there are files; an unknown placeholder is refused. */
            text: string;
            /** @description 1 to 100 characters. */
            title: string;
        };
        /** @description `POST /consultations` */
        NewConsultation: {
            /** @description What the service asks of the patient, all of it at once. Default: none, as from clients that cannot ask. */
            answers?: components["schemas"]["QuestionAnswer"][] | null;
            /** @description What the patient agrees to with it, each with the text that he was shown. Default: nothing. */
            consents?: components["schemas"]["GivenConsent"][];
            person_id?: components["schemas"]["PersonId"] | null;
            /** @description The service asked for. */
            queue_id: components["schemas"]["QueueId"];
            /**
             * Format: uuid
             * @description Made by the client once for each press of the button; a retry with the same one gives the same consultation.
             */
            request_id: string;
        };
        /** @description `POST /files` */
        NewDeskFile: {
            /** @description The bytes, at most 5 MiB, in base64. */
            content: string;
            /** @description As the browser says; what is none is kept as `application/octet-stream`. */
            media_type?: string;
            /** @description 1 to 120 characters, without slashes. */
            name: string;
        };
        /** @description `PUT /consultations/{id}/device-check` */
        NewDeviceCheck: {
            camera?: components["schemas"]["DeviceState"] | null;
            /** @description How the microphone did. */
            microphone: components["schemas"]["DeviceState"];
            /**
             * Format: int32
             * @description Usual time to this service and back: at most 60000; null: it was not measured. Unit: milliseconds.
             */
            round_trip_ms?: number | null;
        };
        /** @description `POST /follow-ups` */
        NewFollowUp: {
            consultation_id?: components["schemas"]["ConsultationId"] | null;
            /** @description When its time comes: in the next two years. */
            due_at: components["schemas"]["Time"];
            /** @description What is sent to the patient at its time, at most 2,000 characters; left out: nothing. Where there is no note, it is done when it was sent. */
            message?: string | null;
            /** @description What is to be done, at most 1,000 characters. */
            note?: string | null;
            operator_id?: components["schemas"]["OperatorId"] | null;
            /** @description About whom. */
            patient_id: components["schemas"]["PatientId"];
            queue_id?: components["schemas"]["QueueId"] | null;
            /**
             * Format: uuid
             * @description Made by the client once for each press of the button; a retry with the same one gives the same follow-up.
             */
            request_id: string;
        };
        /** @description Puts a hold on a record, or on all records of a patient: one of the two is given. */
        NewHold: {
            consultation_id?: components["schemas"]["ConsultationId"] | null;
            patient_id?: components["schemas"]["PatientId"] | null;
            /** @description Why, in 1 to 500 characters. */
            reason: string;
            /**
             * Format: uuid
             * @description The client's idempotency key: the same gives the same hold.
             */
            request_id: string;
        };
        /** @description `POST /patients/{id}/merges` */
        NewMerge: {
            /** @description The card that is shown on this one from now on. */
            merged_id: components["schemas"]["PatientId"];
            /** @description Why, in 1 to 500 characters; for supervisors. */
            reason: string;
            /**
             * Format: uuid
             * @description The client's idempotency key: the same gives the same merge.
             */
            request_id: string;
            /** @description `seen` of the preview. */
            seen: string;
            /** @description Fields that are shown as that one has them. Default: none. One in which they do not differ counts for nothing. */
            taken?: components["schemas"]["CardField"][];
            /** @description Ids of the brand's own fields that are shown as that one has them. Default: none. One that there is not, or in which they do not differ, is refused. */
            taken_fields?: string[];
        };
        /** @description `POST /conversations/{id}/notes` */
        NewNote: {
            /** @description Colleagues whom it mentions, at most 10: they are told, and may read the conversation's notes for a time. */
            mentions?: components["schemas"]["OperatorId"][];
            /**
             * Format: uuid
             * @description Made by the client once for each note; a retry with the same one gives the same note.
             */
            request_id: string;
            /** @description 1 to 4000 characters. */
            text: string;
        };
        /** @description `POST /operators` */
        NewOperator: {
            /**
             * Format: int32
             * @description How much he can have at once, in weights of queues; 0: nothing is offered to him. Default: 4.
             */
            capacity?: number | null;
            /** @description Grade, such as a category or a degree. Default: none. */
            grade?: string | null;
            /** @description When he is on duty; none: he has no schedule. */
            hours?: components["schemas"]["HoursSettings"][];
            /** @description What he speaks, of the brand's languages; none: whatever patients do. */
            languages?: string[];
            /** @description Name to show, to patients too. */
            name: string;
            /** @description Queues that he serves. */
            queues: components["schemas"]["QueueId"][];
            /** @description Rights: at most those of who says so. */
            role: components["schemas"]["OperatorRole"];
            /** @description What he can do, in the desk's words; queues may ask for it. */
            skills?: string[];
            /** @description The time zone (IANA) of his hours; null: the brand's. */
            time_zone?: string | null;
            /** @description Profession or post. */
            title?: string | null;
            /** @description An account of this homeserver. */
            user_id: components["schemas"]["UserId"];
        };
        /** @description `POST /patients` */
        NewPatient: {
            /** @description ISO 8601 date. */
            birth_date?: string | null;
            /** @description E-mail address. */
            email?: string | null;
            /** @description The number by which a partner's system knows him, at most 100 characters; no two patients have the same. */
            external_id?: string | null;
            /** @description The brand's own fields, by id: see `GET /fields`. */
            fields?: {
                [key: string]: components["schemas"]["FieldWish"];
            } | null;
            /** @description Policy, as text. */
            insurance?: string | null;
            /** @description In which of the brand's languages he is greeted; left out: as his device says. */
            language?: string | null;
            /** @description Name to show. */
            name: string;
            /** @description E.164. */
            phone?: string | null;
            /**
             * Format: uuid
             * @description Made by the caller once for each patient; a retry with the same one gives the same patient.
             */
            request_id: string;
            sex?: components["schemas"]["Sex"] | null;
        };
        /** @description `POST /me/persons` */
        NewPerson: {
            /** @description ISO 8601 date. */
            birth_date: string;
            /** @description Name to show, at most 200 characters. */
            name: string;
            /** @description What the account holder is to him. */
            relationship: components["schemas"]["Relationship"];
            /**
             * Format: uuid
             * @description Made by the client once for each press of the button; a retry with the same one adds nobody twice.
             */
            request_id: string;
            sex?: components["schemas"]["Sex"] | null;
        };
        /** @description `POST /consultations/{id}/queue-invitations` */
        NewQueueInvitation: {
            /** @description Whose operators, of any circle. */
            queue_id: components["schemas"]["QueueId"];
            /** @description As what; a consultant where it is left out. */
            role?: components["schemas"]["GuestRole"];
        };
        /** @description `POST /views` */
        NewSavedView: {
            /** @description 1 to 60 characters; one for each view of an owner. */
            name: string;
            /** @description A column of 1 to 32 letters and `_`, with `-` before it from the end. */
            order?: string | null;
            /** @description The list's own query, as the list itself would take it; at most 2000 bytes. */
            query?: string;
            /** @description Which list. */
            section: components["schemas"]["SavedViewSection"];
            /** @description Who else is to see it; supervisors share. Default: nobody. */
            sharing?: components["schemas"]["SavedViewSharing"];
        };
        /** @description `POST /tags` */
        NewTag: {
            /** @description Its colour. */
            color: components["schemas"]["TagColor"];
            /** @description By language, at most 40 characters each; the brand's default language always. */
            names: {
                [key: string]: string;
            };
        };
        /** @description `POST /webhooks` */
        NewWebhook: {
            /** @description What it is for: at most 200 characters. */
            description?: string;
            /** @description Which events; at least one. */
            events: components["schemas"]["WebhookEventType"][];
            /** @description What is personal and is told too. Default: nothing. */
            fields?: components["schemas"]["WebhookField"][];
            /** @description Where to: `https://…`. */
            url: string;
        };
        /** @description `POST /callbacks/{id}/no-answer` */
        NoAnswerRequest: {
            again_at?: components["schemas"]["Time"] | null;
            /** @description For staff. */
            note?: string | null;
        };
        /** @description A note of staff on a conversation. */
        Note: {
            /** @description Who wrote it. */
            author: components["schemas"]["OperatorRef"];
            consultation_id: components["schemas"]["ConsultationId"] | null;
            /** @description The conversation it is on. */
            conversation_id: components["schemas"]["ConversationId"];
            /** @description When. */
            created_at: components["schemas"]["Time"];
            deleted: components["schemas"]["NoteDeletion"] | null;
            /** @description Its author may change and delete it before. */
            editable_until: components["schemas"]["Time"];
            edited_at: components["schemas"]["Time"] | null;
            /** @description Its id. */
            id: components["schemas"]["NoteId"];
            /** @description Whom it mentions. In the text a mention is `@` and the name. */
            mentions: components["schemas"]["OperatorRef"][];
            /** @description Whose. */
            patient_id: components["schemas"]["PatientId"];
            /** @description What it says; null: it was deleted. */
            text: string | null;
            /**
             * Format: int64
             * @description Give it back with a change, so that nobody's is lost.
             */
            version: number;
        };
        /** @description `PATCH /notes/{id}` */
        NoteChange: {
            /** @description All colleagues whom it mentions now: who is left out loses what the mention gave. */
            mentions?: components["schemas"]["OperatorId"][];
            /** @description 1 to 4000 characters. */
            text: string;
            /**
             * Format: int64
             * @description The version that was changed.
             */
            version: number;
        };
        /** @description `event: note` (staff): a note was written, edited or deleted. Who may read it loads it. */
        NoteChanged: {
            /** @description The conversation it is on. */
            conversation_id: components["schemas"]["ConversationId"];
            /** @description Which. */
            note_id: components["schemas"]["NoteId"];
            /** @description Whose. */
            patient_id: components["schemas"]["PatientId"];
        };
        /** @description What is left of a deleted note beside its author and time. */
        NoteDeletion: {
            /** @description When. */
            at: components["schemas"]["Time"];
            /** @description By whom. */
            by: components["schemas"]["OperatorRef"];
        };
        NoteId: string;
        /** @description What a note said. */
        NoteVersion: {
            /** @description From when. */
            at: components["schemas"]["Time"];
            /** @description The text. */
            text: string;
        };
        /** @description What a note said before it was edited. */
        NoteVersions: {
            /** @description Newest first, at most 100; without what it says now. */
            versions: components["schemas"]["NoteVersion"][];
        };
        /** @description A consultation that waits is offered to one operator. */
        Offer: {
            /** @description Since when. */
            since: components["schemas"]["Time"];
            /** @description To whom. Nobody else can take it meanwhile. */
            to: components["schemas"]["OperatorRef"];
            /** @description How long; then it is offered to another. */
            until: components["schemas"]["Time"];
        };
        /** @description A call in the shape of the caller's role. */
        OneCall: components["schemas"]["CallRow"] | components["schemas"]["Call"];
        /** @description A call-back in the shape of the caller's role. */
        OneCallback: components["schemas"]["CallbackDetail"] | components["schemas"]["Callback"] | components["schemas"]["PartnerCallback"];
        /** @description A consultation in the shape of the caller's role. */
        OneConsultation: components["schemas"]["ConsultationDetail"] | components["schemas"]["Consultation"] | components["schemas"]["PartnerConsultation"];
        /** @description A patient in the shape of the caller's role. */
        OnePatient: components["schemas"]["PatientCard"] | components["schemas"]["PartnerPatient"];
        /**
         * @description What becomes of the open consultations of an operator who goes off.
         * @enum {string}
         */
        OnLeave: "finish" | "back_to_queue" | "colleague";
        /** @description `POST /patients/{id}/callbacks` */
        OpenCallback: {
            person_id?: components["schemas"]["PersonId"] | null;
            /** @description Where to call; left out: the number of the patient's card, and where it has none, only in the app. */
            phone?: string | null;
            /** @description A queue that takes call-backs. */
            queue_id: components["schemas"]["QueueId"];
            /** @description What it is about, at most 1,000 characters; for staff, and the patient sees it. No answer to a partner's system repeats it. */
            reason?: string | null;
            /** @description The patient's time zone (IANA); left out: the brand's. */
            time_zone?: string | null;
            window?: components["schemas"]["CallbackWindowRequest"] | null;
        };
        /** @description `POST /patients/{id}/consultations` */
        OpenConsultation: {
            person_id?: components["schemas"]["PersonId"] | null;
            /** @description The service that is asked for. */
            queue_id: components["schemas"]["QueueId"];
        };
        /** @description `POST /public/invitations` */
        OpenInvitation: {
            /** @description What stands in the link behind the `#`. */
            secret: string;
        };
        /** @description A member of staff. */
        Operator: {
            /**
             * Format: int32
             * @description Consultations that he leads and that are not on hold.
             */
            active_consultations: number;
            /**
             * Format: int32
             * @description How much he can have at once, in weights of queues; 0: nothing is offered to him.
             */
            capacity: number;
            /** @description His times of duty of today and the seven days after it, in order, without holidays on which none of his services works; null: he has no schedule. */
            duty: components["schemas"]["CallbackWindow"][] | null;
            /** @description Grade, such as a category or a degree. */
            grade: string | null;
            /** @description When he is on duty; none: he has no schedule. A plan that the desk shows: what he is offered goes by his status. */
            hours: components["schemas"]["HoursSettings"][];
            /** @description Id. */
            id: components["schemas"]["OperatorId"];
            /** @description What he speaks, of the brand's languages; none: whatever patients do. */
            languages: string[];
            /** @description Name to show, to patients too. */
            name: string;
            /** @description Queues that he serves. */
            queues: components["schemas"]["QueueId"][];
            /** @description Rights. */
            role: components["schemas"]["OperatorRole"];
            /** @description What he can do, in the desk's words. */
            skills: string[];
            /** @description What he is ready for. */
            status: components["schemas"]["OperatorStatus"];
            status_kind: components["schemas"]["StatusKind"] | null;
            /** @description Why, where he said so; `lost_heartbeat` when his console fell silent, `missed_offer` when he did not answer an offer. */
            status_reason: string | null;
            /** @description Since when. */
            status_since: components["schemas"]["Time"];
            /** @description The time zone (IANA) of his hours; null: the brand's. */
            time_zone: string | null;
            /** @description Profession or post. */
            title: string | null;
            /** @description Matrix user id. */
            user_id: components["schemas"]["UserId"];
            wrap_up_until: components["schemas"]["Time"] | null;
        };
        /** @description `PATCH /operators/{id}` */
        OperatorChange: {
            /**
             * Format: int32
             * @description How much he can have at once, in weights of queues; 0: nothing is offered to him.
             */
            capacity?: number | null;
            /** @description Grade, such as a category or a degree. */
            grade?: string | null;
            /** @description When he is on duty; none: he has no schedule. */
            hours?: components["schemas"]["HoursSettings"][] | null;
            /** @description What he speaks, of the brand's languages; none: whatever patients do. */
            languages?: string[] | null;
            /** @description Name to show. */
            name?: string | null;
            /** @description Queues that he serves. */
            queues?: components["schemas"]["QueueId"][] | null;
            role?: components["schemas"]["OperatorRole"] | null;
            /** @description What he can do, in the desk's words; queues may ask for it. */
            skills?: string[] | null;
            /** @description The time zone (IANA) of his hours; null: the brand's. */
            time_zone?: string | null;
            /** @description Profession or post. */
            title?: string | null;
        };
        /** @description `event: operator` (staff) */
        OperatorChanged: {
            /** @description As he stands now. */
            operator: components["schemas"]["Operator"];
        };
        OperatorId: string;
        /** @description An operator by id and name. */
        OperatorRef: {
            /** @description Id. */
            id: components["schemas"]["OperatorId"];
            /** @description Name to show. */
            name: string;
        };
        /** @description `POST /operators/{id}/restore` */
        OperatorRestore: {
            /**
             * Format: int64
             * @description The version that stands now; 0: nothing of him was changed in the console.
             */
            based_on: number;
            /**
             * Format: int64
             * @description The version whose content is wanted; 0: what stood before the first.
             */
            version: number;
        };
        /**
         * @description Rights of a member of staff.
         * @enum {string}
         */
        OperatorRole: "operator" | "supervisor" | "administrator";
        /** @description All members of staff. */
        Operators: {
            /** @description By name. */
            operators: components["schemas"]["Operator"][];
        };
        /**
         * @description What an operator is ready for.
         * @enum {string}
         */
        OperatorStatus: "online" | "transfer_only" | "away" | "break" | "going_off" | "offline";
        /** @description A queue that helps another out. */
        OverflowSettings: {
            /**
             * Format: int32
             * @description After waiting so long. Unit: minutes.
             */
            after_minutes: number;
            /** @description Id of a queue of the same circle. */
            queue: string;
        };
        /** @description `GET /consultations/{id}/answers`: what the patient answered, as he answers it anew. */
        OwnAnswers: {
            answered_at: components["schemas"]["Time"] | null;
            /** @description In the order of the questions. */
            answers: components["schemas"]["QuestionAnswer"][];
            questionnaire: components["schemas"]["Questionnaire"] | null;
        };
        /** @description `PATCH /me` */
        OwnChange: {
            /** @description ISO 8601 date. */
            birth_date?: string | null;
            /** @description E-mail address. */
            email?: string | null;
            /** @description Name to show. */
            name?: string | null;
            /** @description E.164. */
            phone?: string | null;
            sex?: components["schemas"]["Sex"] | null;
        };
        /** @description One page. */
        Page_ArchiveRow: {
            /** @description There are more than `total`: counting stopped there, at 10000 at the latest. Absent: there are exactly so many. */
            at_least: boolean;
            /** @description Rows in the order asked for. */
            items: {
                /** @description The consultation. */
                consultation: components["schemas"]["ConsultationRow"];
                erased?: components["schemas"]["Erased"] | null;
                /**
                 * Format: int64
                 * @description Files of all its records.
                 */
                file_count: number;
                /** @description Whether a legal hold is on it. */
                held: boolean;
                /**
                 * Format: int64
                 * @description Messages of all its records.
                 */
                message_count: number;
                retention?: components["schemas"]["Retention"] | null;
                /** @description When it was sealed. */
                sealed_at: components["schemas"]["Time"];
                /**
                 * Format: int64
                 * @description Place of its last record in the tenant's chain, from 1.
                 */
                sequence: number;
            }[];
            /** @description Give it back as `cursor` for the next page; null after the last. */
            next_cursor: string | null;
            /**
             * Format: int64
             * @description Rows of the whole list.
             */
            total: number;
        };
        /** @description One page. */
        Page_AuditEntry: {
            /** @description There are more than `total`: counting stopped there, at 10000 at the latest. Absent: there are exactly so many. */
            at_least: boolean;
            /** @description Rows in the order asked for. */
            items: {
                /** @description What, such as `consultation.taken` or `archive.read`. */
                action: string;
                /** @description Who. */
                actor: components["schemas"]["AuditActor"];
                /** @description When. */
                at: components["schemas"]["Time"];
                /** @description Ids and numbers that belong to the act; never content or personal data. Of a search the `words` beside them, as long as they are kept. */
                detail: Record<string, never>;
                /** @description Hash of this entry and its predecessor's, hexadecimal. */
                hash: string;
                /**
                 * Format: int64
                 * @description Place in the tenant's chain, from 1, without gaps.
                 */
                sequence: number;
                /** @description On what. */
                subject: components["schemas"]["AuditSubject"];
            }[];
            /** @description Give it back as `cursor` for the next page; null after the last. */
            next_cursor: string | null;
            /**
             * Format: int64
             * @description Rows of the whole list.
             */
            total: number;
        };
        /** @description One page. */
        Page_Call: {
            /** @description There are more than `total`: counting stopped there, at 10000 at the latest. Absent: there are exactly so many. */
            at_least: boolean;
            /** @description Rows in the order asked for. */
            items: {
                answered_at?: components["schemas"]["Time"] | null;
                /** @description His device, so that his other devices know that they shall stop ringing. */
                answered_device_id?: string | null;
                answered_user_id?: components["schemas"]["UserId"] | null;
                /** @description His name. */
                caller_name: string;
                /** @description Which side called. */
                caller_side: components["schemas"]["CallSide"];
                /** @description Who called. */
                caller_user_id: components["schemas"]["UserId"];
                consultation_id?: components["schemas"]["ConsultationId"] | null;
                /** @description The conversation it is part of. */
                conversation_id: components["schemas"]["ConversationId"];
                decline_reason?: components["schemas"]["DeclineReason"] | null;
                ended_at?: components["schemas"]["Time"] | null;
                /** @description Its id. */
                id: components["schemas"]["CallId"];
                /** @description At whom of the staff it rings while others talk: nobody once he has been in it, or when a ring's time is over. */
                invited: components["schemas"]["CallInvitee"][];
                /** @description Audio or video. */
                kind: components["schemas"]["CallKind"];
                outcome?: components["schemas"]["CallOutcome"] | null;
                /** @description Who is or was in it. */
                participants: components["schemas"]["CallParticipant"][];
                /** @description Until when it rings. */
                ring_until: components["schemas"]["Time"];
                /** @description The conversation's room. */
                room_id: components["schemas"]["RoomId"];
                /** @description When it began to ring. */
                started_at: components["schemas"]["Time"];
                /** @description Where it stands. */
                state: components["schemas"]["CallState"];
                /**
                 * Format: int64
                 * @description How long both sides were in it, by the media server's record.
                 */
                talked_seconds: number;
            }[];
            /** @description Give it back as `cursor` for the next page; null after the last. */
            next_cursor: string | null;
            /**
             * Format: int64
             * @description Rows of the whole list.
             */
            total: number;
        };
        /** @description One page. */
        Page_Callback: {
            /** @description There are more than `total`: counting stopped there, at 10000 at the latest. Absent: there are exactly so many. */
            at_least: boolean;
            /** @description Rows in the order asked for. */
            items: {
                again_at?: components["schemas"]["Time"] | null;
                /**
                 * Format: int64
                 * @description How often nobody answered.
                 */
                attempts: number;
                conversation_id?: components["schemas"]["ConversationId"] | null;
                /** @description When it has to have been called by. */
                due_at: components["schemas"]["Time"];
                ended_at?: components["schemas"]["Time"] | null;
                ending?: components["schemas"]["CallbackEnding"] | null;
                erased_at?: components["schemas"]["Time"] | null;
                /** @description Name of whom it is about, as a visitor wrote it into the form; null: he himself. */
                for_name?: string | null;
                /** @description Its id. */
                id: components["schemas"]["CallbackId"];
                means?: components["schemas"]["CallbackMeans"] | null;
                operator?: components["schemas"]["OperatorRef"] | null;
                outcome?: components["schemas"]["CallbackOutcome"] | null;
                person?: components["schemas"]["PersonRef"] | null;
                /** @description Where it stands. */
                phase: components["schemas"]["CallbackPhase"];
                /** @description Since when. */
                phase_since: components["schemas"]["Time"];
                /** @description Where to call by telephone; null: only in the app. */
                phone?: string | null;
                /** @description Where it was ordered. */
                queue: components["schemas"]["QueueRef"];
                /** @description What it is about. */
                reason?: string | null;
                /** @description When it was ordered. */
                requested_at: components["schemas"]["Time"];
                room_id?: components["schemas"]["RoomId"] | null;
                /** @description How it was ordered. */
                source: components["schemas"]["CallbackSource"];
                taken_at?: components["schemas"]["Time"] | null;
                /** @description The patient's time zone (IANA), to show `window` and `again_at` in. */
                time_zone: string;
                window?: components["schemas"]["CallbackWindow"] | null;
            }[];
            /** @description Give it back as `cursor` for the next page; null after the last. */
            next_cursor: string | null;
            /**
             * Format: int64
             * @description Rows of the whole list.
             */
            total: number;
        };
        /** @description One page. */
        Page_CallbackRow: {
            /** @description There are more than `total`: counting stopped there, at 10000 at the latest. Absent: there are exactly so many. */
            at_least: boolean;
            /** @description Rows in the order asked for. */
            items: (components["schemas"]["Callback"] & {
                call_id?: components["schemas"]["CallId"] | null;
                /** @description Name to show: the patient's, or the one that was written into the form. */
                name: string;
                /** @description What the operator wrote at the end. */
                note?: string | null;
                /** @description Whether nobody called in time; supervisors are alerted by it. */
                overdue: boolean;
                overdue_since?: components["schemas"]["Time"] | null;
                patient?: components["schemas"]["PatientRef"] | null;
                /**
                 * Format: int64
                 * @description Place of its record in the archive's chain, once it is sealed.
                 */
                sealed_sequence?: number | null;
            })[];
            /** @description Give it back as `cursor` for the next page; null after the last. */
            next_cursor: string | null;
            /**
             * Format: int64
             * @description Rows of the whole list.
             */
            total: number;
        };
        /** @description One page. */
        Page_CallRow: {
            /** @description There are more than `total`: counting stopped there, at 10000 at the latest. Absent: there are exactly so many. */
            at_least: boolean;
            /** @description Rows in the order asked for. */
            items: (components["schemas"]["Call"] & {
                /** @description With whom. */
                patient: components["schemas"]["PatientRef"];
            })[];
            /** @description Give it back as `cursor` for the next page; null after the last. */
            next_cursor: string | null;
            /**
             * Format: int64
             * @description Rows of the whole list.
             */
            total: number;
        };
        /** @description One page. */
        Page_Consultation: {
            /** @description There are more than `total`: counting stopped there, at 10000 at the latest. Absent: there are exactly so many. */
            at_least: boolean;
            /** @description Rows in the order asked for. */
            items: {
                conclusion?: components["schemas"]["ConclusionRef"] | null;
                /** @description The conversation it is part of. */
                conversation_id: components["schemas"]["ConversationId"];
                /** @description Why it ended, where somebody said so. */
                end_reason?: string | null;
                ended_at?: components["schemas"]["Time"] | null;
                erased_at?: components["schemas"]["Time"] | null;
                first_answer_at?: components["schemas"]["Time"] | null;
                first_event_id?: components["schemas"]["EventId"] | null;
                hold?: components["schemas"]["Hold"] | null;
                /** @description Its id. */
                id: components["schemas"]["ConsultationId"];
                last_event_id?: components["schemas"]["EventId"] | null;
                /**
                 * Format: int64
                 * @description Messages of patient and operators.
                 */
                message_count: number;
                /** @description Operators taking part now; after the end, those who took part last. */
                participants: components["schemas"]["Participant"][];
                person?: components["schemas"]["PersonRef"] | null;
                /** @description Where it stands. */
                phase: components["schemas"]["Phase"];
                /** @description Where it was asked, or transferred to. */
                queue: components["schemas"]["QueueRef"];
                rating?: components["schemas"]["RatingRef"] | null;
                rating_until?: components["schemas"]["Time"] | null;
                /** @description When the patient asked. */
                requested_at: components["schemas"]["Time"];
                /** @description The conversation's room. */
                room_id: components["schemas"]["RoomId"];
                taken_at?: components["schemas"]["Time"] | null;
                waiting?: components["schemas"]["Waiting"] | null;
            }[];
            /** @description Give it back as `cursor` for the next page; null after the last. */
            next_cursor: string | null;
            /**
             * Format: int64
             * @description Rows of the whole list.
             */
            total: number;
        };
        /** @description One page. */
        Page_ConsultationRow: {
            /** @description There are more than `total`: counting stopped there, at 10000 at the latest. Absent: there are exactly so many. */
            at_least: boolean;
            /** @description Rows in the order asked for. */
            items: (components["schemas"]["Consultation"] & {
                answered_at?: components["schemas"]["Time"] | null;
                /** @description What was chosen in fields of the brand's own, each as lists are narrowed down by it: `occasion:again`. */
                chosen_fields: string[];
                /** @description Whether its queue asks for a conclusion. */
                conclusion_need: components["schemas"]["ConclusionNeed"];
                device_check?: components["schemas"]["DeviceCheck"] | null;
                fields_changed_at?: components["schemas"]["Time"] | null;
                /** @description What the patient speaks, of the brand's languages; null: he did not say. */
                language?: string | null;
                last_message_at?: components["schemas"]["Time"] | null;
                /** @description Fields that its queue asks for before the close and in which nothing stands yet; empty where it is over. */
                missing_fields: components["schemas"]["FieldRef"][];
                offer?: components["schemas"]["Offer"] | null;
                /** @description Whose it is. */
                patient: components["schemas"]["PatientRef"];
                previous_operator?: components["schemas"]["OperatorRef"] | null;
                /**
                 * Format: int64
                 * @description 0 is ordinary; a higher one goes first.
                 */
                priority: number;
                /** @description Whether one of the patient's answers is a red flag. */
                red_flag: boolean;
                sla?: components["schemas"]["SlaState"] | null;
                /** @description In the order they were put on. */
                tags: components["schemas"]["TagRef"][];
                transfer?: components["schemas"]["Transfer"] | null;
                unanswered_since?: components["schemas"]["Time"] | null;
            })[];
            /** @description Give it back as `cursor` for the next page; null after the last. */
            next_cursor: string | null;
            /**
             * Format: int64
             * @description Rows of the whole list.
             */
            total: number;
        };
        /** @description One page. */
        Page_FollowUp: {
            /** @description There are more than `total`: counting stopped there, at 10000 at the latest. Absent: there are exactly so many. */
            at_least: boolean;
            /** @description Rows in the order asked for. */
            items: {
                consultation_id?: components["schemas"]["ConsultationId"] | null;
                /** @description When it was made. */
                created_at: components["schemas"]["Time"];
                /** @description By whom. */
                created_by: components["schemas"]["OperatorRef"];
                /** @description When its time comes. */
                due_at: components["schemas"]["Time"];
                ended_at?: components["schemas"]["Time"] | null;
                ended_by?: components["schemas"]["OperatorRef"] | null;
                /** @description Its id. */
                id: components["schemas"]["FollowUpId"];
                /** @description Whether it has come, and nobody has done it. */
                is_due: boolean;
                message?: components["schemas"]["FollowUpMessage"] | null;
                /** @description What is to be done. */
                note?: string | null;
                operator?: components["schemas"]["OperatorRef"] | null;
                /** @description About whom. */
                patient: components["schemas"]["PatientRef"];
                /** @description Who does it where it is nobody's own, or its owner is not there. */
                queue: components["schemas"]["QueueRef"];
                /** @description Where it stands. */
                state: components["schemas"]["FollowUpState"];
                /**
                 * Format: int64
                 * @description Give it back with a change, so that nobody's is lost.
                 */
                version: number;
            }[];
            /** @description Give it back as `cursor` for the next page; null after the last. */
            next_cursor: string | null;
            /**
             * Format: int64
             * @description Rows of the whole list.
             */
            total: number;
        };
        /** @description One page. */
        Page_LegalHold: {
            /** @description There are more than `total`: counting stopped there, at 10000 at the latest. Absent: there are exactly so many. */
            at_least: boolean;
            /** @description Rows in the order asked for. */
            items: {
                consultation?: components["schemas"]["HeldConsultation"] | null;
                /** @description Its id. */
                id: components["schemas"]["HoldId"];
                lifted?: components["schemas"]["HoldLifted"] | null;
                /** @description Whose records. */
                patient: components["schemas"]["PatientRef"];
                /** @description Since when. */
                placed_at: components["schemas"]["Time"];
                /** @description By whom. */
                placed_by: components["schemas"]["OperatorRef"];
                /** @description Why. */
                reason: string;
            }[];
            /** @description Give it back as `cursor` for the next page; null after the last. */
            next_cursor: string | null;
            /**
             * Format: int64
             * @description Rows of the whole list.
             */
            total: number;
        };
        /** @description One page. */
        Page_Note: {
            /** @description There are more than `total`: counting stopped there, at 10000 at the latest. Absent: there are exactly so many. */
            at_least: boolean;
            /** @description Rows in the order asked for. */
            items: {
                /** @description Who wrote it. */
                author: components["schemas"]["OperatorRef"];
                consultation_id?: components["schemas"]["ConsultationId"] | null;
                /** @description The conversation it is on. */
                conversation_id: components["schemas"]["ConversationId"];
                /** @description When. */
                created_at: components["schemas"]["Time"];
                deleted?: components["schemas"]["NoteDeletion"] | null;
                /** @description Its author may change and delete it before. */
                editable_until: components["schemas"]["Time"];
                edited_at?: components["schemas"]["Time"] | null;
                /** @description Its id. */
                id: components["schemas"]["NoteId"];
                /** @description Whom it mentions. In the text a mention is `@` and the name. */
                mentions: components["schemas"]["OperatorRef"][];
                /** @description Whose. */
                patient_id: components["schemas"]["PatientId"];
                /** @description What it says; null: it was deleted. */
                text?: string | null;
                /**
                 * Format: int64
                 * @description Give it back with a change, so that nobody's is lost.
                 */
                version: number;
            }[];
            /** @description Give it back as `cursor` for the next page; null after the last. */
            next_cursor: string | null;
            /**
             * Format: int64
             * @description Rows of the whole list.
             */
            total: number;
        };
        /** @description One page. */
        Page_PartnerCallback: {
            /** @description There are more than `total`: counting stopped there, at 10000 at the latest. Absent: there are exactly so many. */
            at_least: boolean;
            /** @description Rows in the order asked for. */
            items: {
                again_at?: components["schemas"]["Time"] | null;
                /**
                 * Format: int64
                 * @description How often nobody answered.
                 */
                attempts: number;
                conversation_id?: components["schemas"]["ConversationId"] | null;
                /** @description When he has to have been called by. */
                due_at: components["schemas"]["Time"];
                ended_at?: components["schemas"]["Time"] | null;
                ending?: components["schemas"]["CallbackEnding"] | null;
                /** @description Its id. */
                id: components["schemas"]["CallbackId"];
                means?: components["schemas"]["CallbackMeans"] | null;
                operator?: components["schemas"]["OperatorRef"] | null;
                outcome?: components["schemas"]["CallbackOutcome"] | null;
                /** @description Whether nobody called in time. */
                overdue: boolean;
                patient_id?: components["schemas"]["PatientId"] | null;
                person_id?: components["schemas"]["PersonId"] | null;
                /** @description Where it stands. */
                phase: components["schemas"]["CallbackPhase"];
                /** @description Since when. */
                phase_since: components["schemas"]["Time"];
                /** @description Where it was ordered. */
                queue: components["schemas"]["QueueRef"];
                /** @description When it was ordered. */
                requested_at: components["schemas"]["Time"];
                /** @description How it was ordered. */
                source: components["schemas"]["CallbackSource"];
                taken_at?: components["schemas"]["Time"] | null;
                /** @description The patient's time zone (IANA). */
                time_zone: string;
                window?: components["schemas"]["CallbackWindow"] | null;
            }[];
            /** @description Give it back as `cursor` for the next page; null after the last. */
            next_cursor: string | null;
            /**
             * Format: int64
             * @description Rows of the whole list.
             */
            total: number;
        };
        /** @description One page. */
        Page_PartnerConsultation: {
            /** @description There are more than `total`: counting stopped there, at 10000 at the latest. Absent: there are exactly so many. */
            at_least: boolean;
            /** @description Rows in the order asked for. */
            items: {
                /** @description The conversation it is part of. */
                conversation_id: components["schemas"]["ConversationId"];
                ended_at?: components["schemas"]["Time"] | null;
                first_answer_at?: components["schemas"]["Time"] | null;
                hold?: components["schemas"]["Hold"] | null;
                /** @description Its id. */
                id: components["schemas"]["ConsultationId"];
                /**
                 * Format: int64
                 * @description Messages of patient and operators.
                 */
                message_count: number;
                /** @description Operators taking part now; after the end, those who took part last. */
                participants: components["schemas"]["Participant"][];
                /** @description Whose it is. */
                patient_id: components["schemas"]["PatientId"];
                person_id?: components["schemas"]["PersonId"] | null;
                /** @description Where it stands. */
                phase: components["schemas"]["Phase"];
                /** @description Where it was asked, or transferred to. */
                queue: components["schemas"]["QueueRef"];
                /** @description When it was asked for. */
                requested_at: components["schemas"]["Time"];
                taken_at?: components["schemas"]["Time"] | null;
                waiting?: components["schemas"]["Waiting"] | null;
            }[];
            /** @description Give it back as `cursor` for the next page; null after the last. */
            next_cursor: string | null;
            /**
             * Format: int64
             * @description Rows of the whole list.
             */
            total: number;
        };
        /** @description One page. */
        Page_PartnerPatient: {
            /** @description There are more than `total`: counting stopped there, at 10000 at the latest. Absent: there are exactly so many. */
            at_least: boolean;
            /** @description Rows in the order asked for. */
            items: {
                /** @description Whether it is the card that stands for him. If not, `links` names the one that does. */
                active: boolean;
                /** @description ISO 8601 date. */
                birth_date?: string | null;
                /**
                 * Format: int64
                 * @description How many consultations he had, for himself and for others.
                 */
                consultations: number;
                /** @description When the service first saw him. */
                created_at: components["schemas"]["Time"];
                /** @description E-mail address. */
                email?: string | null;
                /** @description The partner's own number of him. */
                external_id?: string | null;
                /** @description What stands in the brand's own fields, by id. */
                fields: {
                    [key: string]: components["schemas"]["FieldValue"];
                };
                /** @description Id of the card. */
                id: components["schemas"]["PatientId"];
                /** @description Policy, as text. */
                insurance?: string | null;
                last_consultation_at?: components["schemas"]["Time"] | null;
                /** @description Other cards of the same human. */
                links: components["schemas"]["PatientLink"][];
                /** @description Name to show. */
                name: string;
                /** @description Whom he acts for, without those who were removed; null in lists. */
                persons?: components["schemas"]["PartnerPerson"][] | null;
                /** @description E.164 where it was given so. */
                phone?: string | null;
                sex?: components["schemas"]["Sex"] | null;
                /** @description Matrix user id. */
                user_id: components["schemas"]["UserId"];
            }[];
            /** @description Give it back as `cursor` for the next page; null after the last. */
            next_cursor: string | null;
            /**
             * Format: int64
             * @description Rows of the whole list.
             */
            total: number;
        };
        /** @description One page. */
        Page_PatientRow: {
            /** @description There are more than `total`: counting stopped there, at 10000 at the latest. Absent: there are exactly so many. */
            at_least: boolean;
            /** @description Rows in the order asked for. */
            items: {
                /** @description Names, phone numbers and e-mail addresses of other accounts on the card which it does not show: it is found by them too. */
                also: string[];
                /** @description ISO 8601 date. */
                birth_date?: string | null;
                /**
                 * Format: int64
                 * @description How many consultations he had.
                 */
                consultations: number;
                /** @description When the service first saw him. */
                created_at: components["schemas"]["Time"];
                /** @description E-mail address. */
                email?: string | null;
                /** @description Id of the card. */
                id: components["schemas"]["PatientId"];
                last_consultation_at?: components["schemas"]["Time"] | null;
                /** @description Name to show. */
                name: string;
                /** @description E.164 where it was given so. */
                phone?: string | null;
                sex?: components["schemas"]["Sex"] | null;
                /** @description Matrix user id. */
                user_id: components["schemas"]["UserId"];
            }[];
            /** @description Give it back as `cursor` for the next page; null after the last. */
            next_cursor: string | null;
            /**
             * Format: int64
             * @description Rows of the whole list.
             */
            total: number;
        };
        /** @description One page. */
        Page_RuleRun: {
            /** @description There are more than `total`: counting stopped there, at 10000 at the latest. Absent: there are exactly so many. */
            at_least: boolean;
            /** @description Rows in the order asked for. */
            items: {
                alarm?: components["schemas"]["RuleAlarm"] | null;
                /** @description When. */
                at: components["schemas"]["Time"];
                callback_id?: components["schemas"]["CallbackId"] | null;
                consultation_id?: components["schemas"]["ConsultationId"] | null;
                /** @description What came of each action. */
                done: components["schemas"]["RuleDone"][];
                /** @description What had happened. */
                event: components["schemas"]["RuleEvent"];
                /** @description Its id. */
                id: components["schemas"]["RuleRunId"];
                patient?: components["schemas"]["PatientRef"] | null;
                /** @description The rule, as its section is named behind `rule.`. */
                rule_id: string;
                /** @description Its name today, in the caller's language; its id where it is gone. */
                rule_name: string;
                /**
                 * Format: int64
                 * @description The version of its section that ran; 0: as the brand folder says.
                 */
                rule_version: number;
            }[];
            /** @description Give it back as `cursor` for the next page; null after the last. */
            next_cursor: string | null;
            /**
             * Format: int64
             * @description Rows of the whole list.
             */
            total: number;
        };
        /** @description One page. */
        Page_StatusPeriod: {
            /** @description There are more than `total`: counting stopped there, at 10000 at the latest. Absent: there are exactly so many. */
            at_least: boolean;
            /** @description Rows in the order asked for. */
            items: {
                kind?: components["schemas"]["StatusKind"] | null;
                /** @description Why, where he said so. */
                reason?: string | null;
                /** @description From. */
                since: components["schemas"]["Time"];
                /** @description Which. */
                status: components["schemas"]["OperatorStatus"];
                until?: components["schemas"]["Time"] | null;
            }[];
            /** @description Give it back as `cursor` for the next page; null after the last. */
            next_cursor: string | null;
            /**
             * Format: int64
             * @description Rows of the whole list.
             */
            total: number;
        };
        /** @description One page. */
        Page_WebhookDelivery: {
            /** @description There are more than `total`: counting stopped there, at 10000 at the latest. Absent: there are exactly so many. */
            at_least: boolean;
            /** @description Rows in the order asked for. */
            items: {
                /** @description When. */
                at: components["schemas"]["Time"];
                /**
                 * Format: int64
                 * @description How often it was tried.
                 */
                attempts: number;
                /** @description What is told, without personal fields. */
                data: Record<string, never>;
                failure?: components["schemas"]["WebhookFailure"] | null;
                /** @description `webhook-id` of the event: the same however often it is sent. */
                id: string;
                last_attempt_at?: components["schemas"]["Time"] | null;
                /**
                 * Format: int64
                 * @description How long the last answer took. Unit: milliseconds.
                 */
                latency_ms?: number | null;
                next_attempt_at?: components["schemas"]["Time"] | null;
                /**
                 * Format: int64
                 * @description HTTP status of the last answer.
                 */
                response_status?: number | null;
                /** @description Where it stands. */
                state: components["schemas"]["WebhookDeliveryState"];
                /** @description What happened. */
                type: components["schemas"]["WebhookEventType"];
            }[];
            /** @description Give it back as `cursor` for the next page; null after the last. */
            next_cursor: string | null;
            /**
             * Format: int64
             * @description Rows of the whole list.
             */
            total: number;
        };
        /** @description An operator who takes part. */
        Participant: {
            invited_by: components["schemas"]["OperatorRef"] | null;
            /** @description Since when. */
            joined_at: components["schemas"]["Time"];
            /** @description Name to show. */
            name: string;
            /** @description Who. */
            operator_id: components["schemas"]["OperatorId"];
            /** @description As what. */
            role: components["schemas"]["ParticipantRole"];
        };
        /**
         * @description What a participant does in the consultation.
         * @enum {string}
         */
        ParticipantRole: "lead" | "consultant" | "observer" | "trainee";
        /** @description A call-back, as a partner's system sees it. */
        PartnerCallback: {
            again_at: components["schemas"]["Time"] | null;
            /**
             * Format: int64
             * @description How often nobody answered.
             */
            attempts: number;
            conversation_id: components["schemas"]["ConversationId"] | null;
            /** @description When he has to have been called by. */
            due_at: components["schemas"]["Time"];
            ended_at: components["schemas"]["Time"] | null;
            ending: components["schemas"]["CallbackEnding"] | null;
            /** @description Its id. */
            id: components["schemas"]["CallbackId"];
            means: components["schemas"]["CallbackMeans"] | null;
            operator: components["schemas"]["OperatorRef"] | null;
            outcome: components["schemas"]["CallbackOutcome"] | null;
            /** @description Whether nobody called in time. */
            overdue: boolean;
            patient_id: components["schemas"]["PatientId"] | null;
            person_id: components["schemas"]["PersonId"] | null;
            /** @description Where it stands. */
            phase: components["schemas"]["CallbackPhase"];
            /** @description Since when. */
            phase_since: components["schemas"]["Time"];
            /** @description Where it was ordered. */
            queue: components["schemas"]["QueueRef"];
            /** @description When it was ordered. */
            requested_at: components["schemas"]["Time"];
            /** @description How it was ordered. */
            source: components["schemas"]["CallbackSource"];
            taken_at: components["schemas"]["Time"] | null;
            /** @description The patient's time zone (IANA). */
            time_zone: string;
            window: components["schemas"]["CallbackWindow"] | null;
        };
        /** @description A consultation, as a partner's system sees it. */
        PartnerConsultation: {
            /** @description The conversation it is part of. */
            conversation_id: components["schemas"]["ConversationId"];
            ended_at: components["schemas"]["Time"] | null;
            first_answer_at: components["schemas"]["Time"] | null;
            hold: components["schemas"]["Hold"] | null;
            /** @description Its id. */
            id: components["schemas"]["ConsultationId"];
            /**
             * Format: int64
             * @description Messages of patient and operators.
             */
            message_count: number;
            /** @description Operators taking part now; after the end, those who took part last. */
            participants: components["schemas"]["Participant"][];
            /** @description Whose it is. */
            patient_id: components["schemas"]["PatientId"];
            person_id: components["schemas"]["PersonId"] | null;
            /** @description Where it stands. */
            phase: components["schemas"]["Phase"];
            /** @description Where it was asked, or transferred to. */
            queue: components["schemas"]["QueueRef"];
            /** @description When it was asked for. */
            requested_at: components["schemas"]["Time"];
            taken_at: components["schemas"]["Time"] | null;
            waiting: components["schemas"]["Waiting"] | null;
        };
        /** @description A patient, as a partner's system sees him. */
        PartnerPatient: {
            /** @description Whether it is the card that stands for him. If not, `links` names the one that does. */
            active: boolean;
            /** @description ISO 8601 date. */
            birth_date: string | null;
            /**
             * Format: int64
             * @description How many consultations he had, for himself and for others.
             */
            consultations: number;
            /** @description When the service first saw him. */
            created_at: components["schemas"]["Time"];
            /** @description E-mail address. */
            email: string | null;
            /** @description The partner's own number of him. */
            external_id: string | null;
            /** @description What stands in the brand's own fields, by id. */
            fields: {
                [key: string]: components["schemas"]["FieldValue"];
            };
            /** @description Id of the card. */
            id: components["schemas"]["PatientId"];
            /** @description Policy, as text. */
            insurance: string | null;
            last_consultation_at: components["schemas"]["Time"] | null;
            /** @description Other cards of the same human. */
            links: components["schemas"]["PatientLink"][];
            /** @description Name to show. */
            name: string;
            /** @description Whom he acts for, without those who were removed; null in lists. */
            persons: components["schemas"]["PartnerPerson"][] | null;
            /** @description E.164 where it was given so. */
            phone: string | null;
            sex: components["schemas"]["Sex"] | null;
            /** @description Matrix user id. */
            user_id: components["schemas"]["UserId"];
        };
        /** @description A person, as a partner's system sees him. */
        PartnerPerson: {
            /** @description ISO 8601 date. */
            birth_date: string | null;
            /** @description Id of the card: what a request names. */
            id: components["schemas"]["PersonId"];
            /** @description Name to show. */
            name: string;
            /** @description What the patient is to him. */
            relationship: components["schemas"]["Relationship"];
            sex: components["schemas"]["Sex"] | null;
        };
        /** @description A patient with all that the service knows. */
        PatientCard: {
            /** @description ISO 8601 date. */
            birth_date: string | null;
            /** @description What he is asked to agree to for himself, and how each stands. */
            consents: components["schemas"]["PatientConsent"][];
            /** @description His latest consultations, newest first, at most 50. */
            consultations: components["schemas"]["ConsultationRow"][];
            /** @description His rooms, one for each circle of each account. */
            conversations: components["schemas"]["Conversation"][];
            /** @description When the service first saw him. */
            created_at: components["schemas"]["Time"];
            deleted_at: components["schemas"]["Time"] | null;
            /** @description Other cards that look so and are not, at the word of a member of staff; the latest said first, at most 50. */
            dismissed: components["schemas"]["DismissedDuplicate"][];
            /** @description Other cards that may be his. */
            duplicates: components["schemas"]["PossibleDuplicate"][];
            /** @description E-mail address. */
            email: string | null;
            /** @description The number by which a partner's system knows him. */
            external_id: string | null;
            /** @description When that was another one, and at whose word it was changed, the latest first; at most 50 of each account on the card. */
            external_ids: components["schemas"]["ExternalIdChange"][];
            /** @description The brand's own fields, in their order. */
            fields: components["schemas"]["CustomField"][];
            /** @description Id of the card. */
            id: components["schemas"]["PatientId"];
            /** @description Policy, as text. */
            insurance: string | null;
            last_consultation_at: components["schemas"]["Time"] | null;
            /** @description Other accounts of his that are shown on this card, in the order they came to it. */
            merged: components["schemas"]["MergedAccount"][];
            /** @description Name to show. */
            name: string;
            /** @description Whom he acts for; those who were removed stand last. */
            persons: components["schemas"]["Person"][];
            /** @description E.164 where it was given so. */
            phone: string | null;
            sex: components["schemas"]["Sex"] | null;
            /** @description Matrix user id. */
            user_id: components["schemas"]["UserId"];
        };
        /** @description `PATCH /patients/{id}` */
        PatientChange: {
            /** @description ISO 8601 date. */
            birth_date?: string | null;
            /** @description E-mail address. */
            email?: string | null;
            /** @description The number by which a partner's system knows him, at most 100 characters; no two patients have the same. */
            external_id?: string | null;
            /** @description The brand's own fields, by id: see `GET /fields`. What is left out stays; null empties. */
            fields?: {
                [key: string]: components["schemas"]["FieldWish"];
            } | null;
            /** @description Policy, as text. */
            insurance?: string | null;
            /** @description Name to show. */
            name?: string | null;
            /** @description E.164. */
            phone?: string | null;
            sex?: components["schemas"]["Sex"] | null;
        };
        /** @description `event: patient` (staff): a patient is new, his row in lists changed, or there is none any more. */
        PatientChanged: {
            patient: components["schemas"]["PatientRow"] | null;
            /** @description Id of the card. */
            patient_id: components["schemas"]["PatientId"];
        };
        /** @description What a card would be like that is not made yet. */
        PatientCheck: {
            /** @description Cards that may be the same human's. */
            duplicates: components["schemas"]["PossibleDuplicate"][];
        };
        /** @description A consent on a patient's card. */
        PatientConsent: {
            decided_at: components["schemas"]["Time"] | null;
            /** @description To what. */
            purpose: components["schemas"]["ConsentPurpose"];
            /** @description Whether nothing can be asked for without it. */
            required: boolean;
            /** @description How it stands. */
            status: components["schemas"]["ConsentStatus"];
            /** @description Its title today, in the reader's language; where it is not asked for any more, as it was shown. */
            title: string;
        };
        /** @description What may be the same human's as a card, and what is not. */
        PatientDuplicates: {
            /** @description Other cards that are not, the latest said first, at most 50. */
            dismissed: components["schemas"]["DismissedDuplicate"][];
            /** @description Other cards that may be his. */
            duplicates: components["schemas"]["PossibleDuplicate"][];
        };
        PatientId: string;
        /** @description An invitation. What opens it is shown once, where it was made. */
        PatientInvitation: {
            ended_at: components["schemas"]["Time"] | null;
            /** @description When it ends by itself. */
            expires_at: components["schemas"]["Time"];
            /** @description Its id. */
            id: string;
            /** @description The address that the patient opens, once; null unless it was made by this very request: nobody can show it again. */
            link: string | null;
            /** @description What the patient signs in with, besides his password. */
            login: string;
            /** @description When it was made. */
            made_at: components["schemas"]["Time"];
            /** @description Name of who made it. */
            made_by: string;
            qr: components["schemas"]["QrCode"] | null;
            /** @description How it stands now. */
            state: components["schemas"]["InvitationState"];
            used_at: components["schemas"]["Time"] | null;
        };
        /** @description The invitation that counts on a card. */
        PatientInvitations: {
            invitation: components["schemas"]["PatientInvitation"] | null;
            /** @description Whether a new link can be made. */
            renewable: boolean;
        };
        /** @description Another card of the same human. */
        PatientLink: {
            /** @description The other one. */
            patient_id: components["schemas"]["PatientId"];
            /** @description What this card is to it. */
            type: components["schemas"]["PatientLinkType"];
        };
        /**
         * @description What a card is to another one: FHIR's `Patient.link.type`.
         * @enum {string}
         */
        PatientLinkType: "replaced-by" | "replaces";
        /** @description A patient who was made. */
        PatientMade: {
            /** @description Id of the card. */
            id: components["schemas"]["PatientId"];
            invitation: components["schemas"]["PatientInvitation"] | null;
            /** @description Whether it was made now. If not, the same request, or another one with the same `external_id`, had made it. */
            made: boolean;
            /** @description Matrix user id. */
            user_id: components["schemas"]["UserId"];
        };
        /** @description A merge of two cards. */
        PatientMerge: {
            after: components["schemas"]["MergeCards"] | null;
            /** @description Its id. */
            id: components["schemas"]["MergeId"];
            /** @description The card that stayed. */
            leading_id: components["schemas"]["PatientId"];
            /** @description When. */
            merged_at: components["schemas"]["Time"];
            /** @description By whom. */
            merged_by: components["schemas"]["OperatorRef"];
            /** @description The one that is shown on it. */
            merged_id: components["schemas"]["PatientId"];
            /** @description Why. */
            reason: string;
            separated: components["schemas"]["MergeSeparated"] | null;
            /** @description Fields that are shown as the merged account has them. Whoever changes one on the shown card changes it there. */
            taken: components["schemas"]["CardField"][];
            /** @description The same of the brand's own fields, by their ids. */
            taken_fields: string[];
            /**
             * Format: int64
             * @description 1 while it stands, 2 once they are separate.
             */
            version: number;
        };
        /** @description All merges that a card was in, the last first. */
        PatientMerges: {
            /** @description Those that stand and those that were. */
            merges: components["schemas"]["PatientMerge"][];
        };
        /** @description A page of patients in the shape of the caller's role. */
        PatientPage: components["schemas"]["Page_PatientRow"] | components["schemas"]["Page_PartnerPatient"];
        /** @description The patient of a consultation, as lists show him. */
        PatientRef: {
            /**
             * Format: int64
             * @description Whole years.
             */
            age: number | null;
            /** @description Id of the card. */
            id: components["schemas"]["PatientId"];
            /** @description Name to show. */
            name: string;
            sex: components["schemas"]["Sex"] | null;
        };
        /** @description A patient in lists. */
        PatientRow: {
            /** @description Names, phone numbers and e-mail addresses of other accounts on the card which it does not show: it is found by them too. */
            also: string[];
            /** @description ISO 8601 date. */
            birth_date: string | null;
            /**
             * Format: int64
             * @description How many consultations he had.
             */
            consultations: number;
            /** @description When the service first saw him. */
            created_at: components["schemas"]["Time"];
            /** @description E-mail address. */
            email: string | null;
            /** @description Id of the card. */
            id: components["schemas"]["PatientId"];
            last_consultation_at: components["schemas"]["Time"] | null;
            /** @description Name to show. */
            name: string;
            /** @description E.164 where it was given so. */
            phone: string | null;
            sex: components["schemas"]["Sex"] | null;
            /** @description Matrix user id. */
            user_id: components["schemas"]["UserId"];
        };
        /**
         * @description Order of patients.
         * @enum {string}
         */
        PatientSort: "name" | "newest" | "last_consultation" | "consultations";
        /** @description A person whom a patient acts for. */
        Person: {
            /** @description Whether something can be asked for him; if not, he was removed, and his history is kept. */
            active: boolean;
            /**
             * Format: int64
             * @description Whole years.
             */
            age: number | null;
            /** @description ISO 8601 date. */
            birth_date: string | null;
            /**
             * Format: int64
             * @description How many consultations he had.
             */
            consultations: number;
            /** @description When he was added. */
            created_at: components["schemas"]["Time"];
            /** @description Id of the card. */
            id: components["schemas"]["PersonId"];
            /** @description Name to show. */
            name: string;
            /** @description What the account holder is to him. */
            relationship: components["schemas"]["Relationship"];
            sex: components["schemas"]["Sex"] | null;
        };
        /** @description A person at the desk, with all that the service knows. */
        PersonCard: {
            /** @description Whether something can be asked for him; if not, he was removed. */
            active: boolean;
            /**
             * Format: int64
             * @description Whole years.
             */
            age: number | null;
            /** @description ISO 8601 date. */
            birth_date: string | null;
            /** @description What has to be agreed to for him, and how each stands. */
            consents: components["schemas"]["PatientConsent"][];
            /** @description Latest consultations about him, newest first, at most 50. */
            consultations: components["schemas"]["ConsultationRow"][];
            /** @description When he was added. */
            created_at: components["schemas"]["Time"];
            /** @description Id of the card. */
            id: components["schemas"]["PersonId"];
            /** @description Name to show. */
            name: string;
            /** @description Who acts for him. */
            patient: components["schemas"]["PatientRef"];
            /** @description What the account holder is to him. */
            relationship: components["schemas"]["Relationship"];
            sex: components["schemas"]["Sex"] | null;
        };
        /** @description `PATCH /me/persons/{id}` */
        PersonChange: {
            /** @description True brings back who was removed. */
            active?: boolean | null;
            /** @description ISO 8601 date. */
            birth_date?: string | null;
            /** @description Name to show, at most 200 characters. */
            name?: string | null;
            relationship?: components["schemas"]["Relationship"] | null;
            sex?: components["schemas"]["Sex"] | null;
        };
        PersonId: string;
        /** @description Whose health a consultation is about, where it is not the account holder's own. */
        PersonRef: {
            /**
             * Format: int64
             * @description Whole years.
             */
            age: number | null;
            /** @description Id of the card. */
            id: components["schemas"]["PersonId"];
            /** @description Name to show. */
            name: string;
            relationship: components["schemas"]["Relationship"] | null;
            sex: components["schemas"]["Sex"] | null;
        };
        /** @description `GET /me/persons` */
        Persons: {
            /** @description Those who can be asked for in the order they were added, then those who were removed. */
            persons: components["schemas"]["Person"][];
        };
        /**
         * @description Where a consultation stands.
         * @enum {string}
         */
        Phase: "queued" | "active" | "on_hold" | "archived" | "cancelled" | "abandoned";
        /** @description A card that may be the same human's. */
        PossibleDuplicate: {
            /** @description Why it may be. */
            because: components["schemas"]["DuplicateReason"][];
            /** @description It. */
            patient: components["schemas"]["PatientRow"];
        };
        /** @description An amount of money. */
        Price: {
            /**
             * Format: int64
             * @description In minor units of the currency, such as cents.
             */
            amount_minor: number;
            /** @description ISO 4217. */
            currency: string;
        };
        /** @description A price. */
        PriceSettings: {
            /**
             * Format: int64
             * @description Unit: minor units of the currency (kopecks, cents), above 0.
             */
            amount_minor: number;
            /** @description Unit: ISO 4217 code. Default: the brand's currency. */
            currency: string | null;
        };
        /**
         * @description One step of priority.
         * @enum {string}
         */
        PriorityStep: "raise" | "lower";
        /** @description An RFC 9457 problem, `application/problem+json`. */
        Problem: {
            callback_id?: components["schemas"]["CallbackId"] | null;
            callback_phase?: components["schemas"]["CallbackPhase"] | null;
            changed_by?: components["schemas"]["OperatorRef"] | null;
            /** @description `consents-missing` and `consent-changed`: which purposes. */
            consents?: components["schemas"]["ConsentPurpose"][] | null;
            consultation_id?: components["schemas"]["ConsultationId"] | null;
            /** @description What happened this time. */
            detail: string;
            /** @description `invalid`, `outside-hours`, `fields-required` and `conflict` of a text's version: which fields. */
            errors?: components["schemas"]["FieldError"][] | null;
            invitation?: components["schemas"]["InvitationState"] | null;
            macro_step?: components["schemas"]["MacroStep"] | null;
            offered_to?: components["schemas"]["OperatorRef"] | null;
            opens_at?: components["schemas"]["Time"] | null;
            phase?: components["schemas"]["Phase"] | null;
            queue_invitation?: components["schemas"]["QueueInvitationState"] | null;
            /**
             * Format: int64
             * @description `rate-limited` and `unavailable`: when to come again.
             */
            retry_after_ms?: number | null;
            /**
             * Format: int32
             * @description HTTP status.
             */
            status: number;
            taken_by?: components["schemas"]["OperatorRef"] | null;
            /** @description The kind in words. */
            title: string;
            /**
             * @description `urn:consilium:problem:` and `unauthenticated`, `forbidden`, `sign-in-stale`, `not-found`, `invalid`, `taken`, `nobody-there`, `conflict`, `rate-limited`, `too-large`, `unavailable`,
             *     `calls-unavailable`, `challenge-failed`, `outside-hours`, `conclusion-required`, `fields-required`, `consents-missing`, `consent-changed`, `invitation-over`, `queue-invitation-over`, `erased` or `held`.
             */
            type: string;
        };
        /**
         * @description Which app an origin serves.
         * @enum {string}
         */
        PublicApp: "patient" | "console";
        /** @description Everything that an app knows about the brand and the server before anybody signs in. */
        PublicBrand: {
            /** @description Which app the asking origin serves. */
            app: components["schemas"]["PublicApp"];
            /** @description The colours that all others are derived from. */
            colors: components["schemas"]["PublicColors"];
            /** @description How to reach the partner outside the app. */
            contacts: components["schemas"]["PublicContacts"];
            /** @description ISO 3166-1 code of the country whose law and habits count. */
            country: string;
            /** @description ISO 4217 code of the currency of prices. */
            currency: string;
            /** @description Language for a person whose own is none of `languages`. */
            default_language: string;
            /** @description Parts of the product that this brand offers. */
            features: components["schemas"]["PublicFeatures"];
            /** @description Address of the square icon. */
            icon_url: string;
            /** @description Short name of the brand. */
            id: string;
            /** @description Languages that the brand speaks (BCP 47). */
            languages: string[];
            /** @description Documents that a person reads or agrees to. */
            legal: components["schemas"]["PublicLegalDocument"][];
            /** @description Name as contracts say it, in the language asked for. */
            legal_name: string;
            /** @description Address of the logo for a dark ground; null: use `logo_url`. */
            logo_dark_url: string | null;
            /** @description Address of the logo for a light ground, on the asking origin. */
            logo_url: string;
            /** @description Name as people say it, in the language asked for. */
            name: string;
            /** @description Addresses and identities of the server. */
            server: components["schemas"]["PublicServer"];
            /** @description Texts by language and key. */
            texts: {
                [key: string]: {
                    [key: string]: string;
                };
            };
            /** @description IANA time zone of opening hours and reports. */
            time_zone: string;
        };
        /** @description `POST /public/callbacks` */
        PublicCallback: {
            /** @description The challenge, as it was given. */
            challenge: string;
            /** @description Version of the text that was shown and agreed to; where it is not the present one, the form is answered 409 and has to show the new text. */
            consent_version: string;
            /** @description Name of whom it is about, where that is somebody else, at most 200 characters. */
            for_name?: string | null;
            /** @description Who wants to be called, 1 to 200 characters. */
            name: string;
            /** @description Where to call. */
            phone: string;
            /** @description One of the form's queues. */
            queue_id: components["schemas"]["QueueId"];
            /** @description What it is about, at most 1,000 characters. */
            reason?: string | null;
            /** @description What solves it, at most 32 bytes. */
            solution: string;
            /** @description The visitor's time zone (IANA); left out: the brand's. */
            time_zone?: string | null;
            window?: components["schemas"]["CallbackWindowRequest"] | null;
        };
        /** @description A call-back that was ordered by the form. */
        PublicCallbackOrdered: {
            /** @description When he is called at the latest. */
            due_at: components["schemas"]["Time"];
            /** @description Its id, to name it by. */
            id: components["schemas"]["CallbackId"];
            /** @description Time zone of the order. */
            time_zone: string;
            window: components["schemas"]["CallbackWindow"] | null;
        };
        /** @description The colours that all others are derived from, `#rrggbb`. */
        PublicColors: {
            /** @description Second colour. */
            accent: string;
            /** @description Main colour. */
            brand: string;
        };
        /** @description How to reach the partner outside the app. */
        PublicContacts: {
            /** @description Postal address, in the language asked for. */
            address: string | null;
            /** @description E-mail for people. */
            email: string | null;
            /** @description Number to call when life is in danger. */
            emergency_phone: string | null;
            /** @description Telephone for people, E.164. */
            phone: string | null;
        };
        /** @description Parts of the product that a brand offers. */
        PublicFeatures: {
            /** @description Photos and files. */
            attachments: boolean;
            /** @description Audio and video calls. */
            calls: boolean;
            /** @description Signs under messages, which are not encrypted. */
            reactions: boolean;
            /** @description Patients make their own account. */
            registration: boolean;
            /**
             * Format: int32
             * @description Longest voice message, in seconds.
             */
            voice_message_seconds: number;
            /** @description Voice messages. */
            voice_messages: boolean;
        };
        /** @description A document that a person reads or agrees to. */
        PublicLegalDocument: {
            /** @description Short name. */
            id: string;
            /** @description Title by language. */
            title: {
                [key: string]: string;
            };
            /** @description Address of the text on the asking origin; it answers in the language of `?language=` or `Accept-Language`. */
            url: string;
            /** @description Version of the text. */
            version: string;
        };
        /** @description Addresses and identities of the server. */
        PublicServer: {
            /** @description Origin of the console; the empty text where it is not served. */
            console_url: string;
            /** @description Base address of the consultation API, without `/_consilium/v1`. */
            consult_url: string;
            /** @description Base address of the Matrix API. */
            homeserver_url: string;
            /** @description The keeper's public master key for cross-signing, unpadded base64; null until the keeper has made it. */
            keeper_master_key: string | null;
            /** @description The keeper's user id. */
            keeper_user_id: string;
            /** @description Origin of the patients' app. */
            patient_url: string;
            /** @description Matrix server name, the part of user ids after the colon. */
            server_name: string;
            /** @description Who is in a call says so by sticky events, not by state events. */
            sticky_calls: boolean;
        };
        /** @description A picture that phones read: squares of one size. */
        QrCode: {
            /** @description The dark squares as the path of an SVG whose unit is one square. */
            path: string;
            /** @description Squares in a row, the quiet border included. */
            size: number;
        };
        /** @description `POST /calls/{id}/quality`: what was measured since the last report. */
        QualityReport: {
            /**
             * Format: int32
             * @description How long it stood still, in milliseconds.
             */
            freeze_ms: number;
            /**
             * Format: int32
             * @description How often the picture stood still.
             */
            freezes: number;
            /**
             * Format: int32
             * @description Jitter in milliseconds.
             */
            jitter_ms: number;
            /**
             * Format: int32
             * @description Lost packets, of a thousand.
             */
            loss_permille: number;
            /**
             * Format: int32
             * @description Round trip in milliseconds.
             */
            round_trip_ms: number;
        };
        /** @description One question. */
        Question: {
            enable_when: components["schemas"]["QuestionCondition"] | null;
            /** @description Names it among the others. */
            link_id: string;
            /**
             * Format: double
             * @description Greatest answer to a `decimal`.
             */
            maximum: number | null;
            /**
             * Format: double
             * @description Smallest answer to a `decimal`.
             */
            minimum: number | null;
            /** @description What can be chosen; empty unless it is a `choice`. */
            options: components["schemas"]["QuestionOption"][];
            /** @description The answer to a `boolean` that is a red flag: the emergency text is shown at once. */
            red_flag: boolean | null;
            /**
             * Format: double
             * @description A `decimal` of so much or more is one.
             */
            red_flag_from: number | null;
            /**
             * Format: double
             * @description A `decimal` of so much or less is one.
             */
            red_flag_to: number | null;
            /** @description Whether several options can be chosen. */
            repeats: boolean;
            /** @description Whether nothing is sent without an answer. */
            required: boolean;
            /** @description What is asked, in the caller's language. */
            text: string;
            /** @description What an answer is. */
            type: components["schemas"]["QuestionType"];
            /** @description Unit of a `decimal`. */
            unit: string | null;
        };
        /** @description A patient's answer to one question. */
        QuestionAnswer: {
            /** @description To which. */
            link_id: string;
            /** @description What. */
            value: components["schemas"]["AnswerValue"];
        };
        /** @description An earlier answer on which a question depends. */
        QuestionCondition: {
            /** @description An option's code; `yes` or `no` for a `boolean`. */
            answer: string;
            /** @description Which question. */
            question: string;
        };
        /** @description What a service asks of its patients. */
        Questionnaire: {
            /** @description Questions, in their order. */
            items: components["schemas"]["Question"][];
            /** @description Title, in the caller's language. */
            title: string;
        };
        /** @description What is asked of a patient before an operator comes. */
        QuestionnaireSettings: {
            /** @description Questions, in their order: 1 to 30. */
            items: components["schemas"]["QuestionSettings"][];
            /** @description Title, by language. */
            title: components["schemas"]["Localized"];
        };
        /** @description What can be chosen. */
        QuestionOption: {
            /** @description Names it among the others. */
            code: string;
            /** @description Whether it is a red flag. */
            red_flag: boolean;
            /** @description What it says, in the caller's language. */
            text: string;
        };
        /** @description One question. */
        QuestionSettings: {
            enable_when: components["schemas"]["EnableWhenSettings"] | null;
            /** @description Short name, unique among the items: 1 to 32 of `a-z 0-9 -`. */
            link_id: string;
            /**
             * Format: double
             * @description Greatest answer to a `decimal`. Default: none.
             */
            maximum: number | null;
            /**
             * Format: double
             * @description Smallest answer to a `decimal`. Default: none.
             */
            minimum: number | null;
            /** @description What can be chosen, for a `choice`: 2 to 20. Default: none. */
            options: components["schemas"]["AnswerOptionSettings"][];
            /** @description The answer to a `boolean` that is a red flag: the patient reads the emergency text at once, and goes before others. Default: none. */
            red_flag: boolean | null;
            /**
             * Format: double
             * @description A `decimal` of so much or more is a red flag. Default: none.
             */
            red_flag_from: number | null;
            /**
             * Format: double
             * @description A `decimal` of so much or less is a red flag. Default: none.
             */
            red_flag_to: number | null;
            /** @description Whether several options can be chosen. Default: false. */
            repeats: boolean;
            /** @description Whether the patient's app sends nothing without an answer. Default: false. */
            required: boolean;
            /** @description What is asked, by language. */
            text: components["schemas"]["Localized"];
            /** @description What an answer is. */
            type: components["schemas"]["QuestionType"];
            unit: components["schemas"]["Localized"] | null;
        };
        /**
         * @description What an answer is.
         * @enum {string}
         */
        QuestionType: "display" | "boolean" | "choice" | "decimal" | "date" | "text";
        /** @description A queue with its load. */
        Queue: {
            /**
             * Format: int32
             * @description Consultations under way.
             */
            active: number;
            /** @description The queues that share a conversation's history. */
            circle: components["schemas"]["CircleId"];
            /** @description What they are called together, in the caller's language. */
            circle_name: string;
            /** @description Id in the brand's configuration. */
            id: components["schemas"]["QueueId"];
            /** @description Whether what waits here is offered to operators by itself; else they pick by hand. */
            is_routed: boolean;
            /** @description Name in the caller's language. */
            name: string;
            oldest_waiting_since: components["schemas"]["Time"] | null;
            /**
             * Format: int32
             * @description Consultations on hold.
             */
            on_hold: number;
            /**
             * Format: int32
             * @description Operators of this queue who are online.
             */
            operators_online: number;
            price: components["schemas"]["Price"] | null;
            /** @description Whether it takes nothing new; what is in it is answered to its end. */
            retired: boolean;
            /**
             * Format: int32
             * @description Consultations that wait.
             */
            waiting: number;
        };
        /** @description `event: queue` (staff) */
        QueueChanged: {
            /** @description As it stands now. */
            queue: components["schemas"]["Queue"];
        };
        /** @description A time in which a queue is closed once. */
        QueueClosure: {
            /** @description To. */
            end: components["schemas"]["Time"];
            /** @description Why, as the brand's configuration says. */
            reason: string | null;
            /** @description From. */
            start: components["schemas"]["Time"];
        };
        /** @description When a queue works in the days to come. */
        QueueHours: {
            closes_at: components["schemas"]["Time"] | null;
            /** @description Today and the thirteen days after it. */
            days: components["schemas"]["DayHours"][];
            /** @description Whether it works now. A queue that is closed offers nothing. */
            open: boolean;
            opens_at: components["schemas"]["Time"] | null;
            /** @description Which. */
            queue_id: components["schemas"]["QueueId"];
            /** @description The time zone (IANA) that its hours are written in; days are those of its clock. */
            time_zone: string;
        };
        QueueId: string;
        /** @description An invitation of whoever serves a queue and is there. Nothing of the patient: who accepts sees the consultation. */
        QueueInvitation: {
            accepted_by: components["schemas"]["OperatorRef"] | null;
            /**
             * Format: int32
             * @description How many were asked.
             */
            asked: number;
            /** @description Who asks. */
            by: components["schemas"]["OperatorRef"];
            /** @description Into what. */
            consultation_id: components["schemas"]["ConsultationId"];
            /**
             * Format: int32
             * @description How many of them said that they do not come.
             */
            declined: number;
            /** @description How long. */
            expires_at: components["schemas"]["Time"];
            /** @description Its id. */
            id: components["schemas"]["QueueInvitationId"];
            /** @description Since when. */
            made_at: components["schemas"]["Time"];
            /** @description Whose operators are asked. */
            queue: components["schemas"]["QueueRef"];
            /** @description As what. */
            role: components["schemas"]["ParticipantRole"];
            /** @description The service of the consultation. */
            service: components["schemas"]["QueueRef"];
            /** @description What became of it. */
            state: components["schemas"]["QueueInvitationState"];
        };
        /** @description `event: queue_invitation` (who asked, and who was asked) */
        QueueInvitationChanged: {
            invitation: components["schemas"]["QueueInvitation"] | null;
            /** @description Which. */
            invitation_id: components["schemas"]["QueueInvitationId"];
        };
        QueueInvitationId: string;
        /** @description Invitations of whoever serves a queue. */
        QueueInvitations: {
            /** @description Of a consultation the newest first, at most 50; to the caller the oldest first. */
            invitations: components["schemas"]["QueueInvitation"][];
        };
        /**
         * @description What became of it.
         * @enum {string}
         */
        QueueInvitationState: "open" | "accepted" | "declined" | "expired" | "taken_back" | "over";
        /** @description A queue by id and name. */
        QueueRef: {
            /** @description Id in the brand's configuration. */
            id: components["schemas"]["QueueId"];
            /** @description Name in the caller's language. */
            name: string;
        };
        /** @description All queues of the brand. */
        Queues: {
            /** @description In the order of the brand's configuration. */
            queues: components["schemas"]["Queue"][];
        };
        /** @description A queue: a service that a patient can ask for, and the operators that answer it. */
        QueueSettings: {
            /**
             * Format: int32
             * @description A consultation that nobody took this long is abandoned. Unit: minutes. Default: 240.
             */
            abandon_after_minutes: number;
            /** @description Call-backs that are ordered here. */
            callback: components["schemas"]["CallbackTerms"];
            /**
             * Format: int32
             * @description Consultations waiting at once; a further one is refused with the limit error. Unit: consultations. Default: 500.
             */
            capacity: number;
            /** @description Circle whose conversation it uses. Default: `general`. */
            circle: string;
            /** @description Times in which it is closed once. Default: none. */
            closures: components["schemas"]["ClosureSettings"][];
            /** @description Whether its operators write a conclusion. Default: `off`. */
            conclusion: components["schemas"]["ConclusionNeed"];
            /** @description Which of `conclusions` it is written by. Default: the first. */
            conclusion_template: string | null;
            /** @description What a patient can expect, in a sentence, by language. */
            description: components["schemas"]["Localized"];
            /** @description When its operators work, in its time zone; a break is the time between two. Default: none, at all times. */
            hours: components["schemas"]["HoursSettings"][];
            /** @description Icon. Unit: name of a Tabler outline icon, such as `stethoscope`. */
            icon: string;
            /** @description Whether it is closed on the brand's holidays. Default: true. */
            keeps_holidays: boolean;
            /** @description Languages that its operators speak. Default: all languages of the brand. */
            languages: string[];
            /** @description Name, by language. */
            name: components["schemas"]["Localized"];
            /** @description What becomes of what an operator leads when he goes off. Default: `finish`. */
            on_leave: components["schemas"]["OnLeave"];
            price: components["schemas"]["PriceSettings"] | null;
            /**
             * Format: int32
             * @description What waits in a queue of higher priority is shown and routed first. Unit: 0 to 100. Default: 50.
             */
            priority: number;
            /** @description Which of `questionnaires` its patients answer when they ask. Default: none. */
            questionnaire: string | null;
            /** @description Whether patients are asked what they thought of it after the close. Default: true. */
            rating: boolean;
            /**
             * Format: int32
             * @description A message this soon after the close re-opens the consultation; a later one starts a new one. Unit: minutes. Default: 60.
             */
            reopen_grace_minutes: number;
            /** @description Which of `fields.consultation` are filled in before a consultation is closed, by their ids. Default: none. */
            required_fields: string[];
            /** @description Class of `retention` that says how long its consultations stay in the archive. Default: the first. */
            retention: string | null;
            /** @description Whether it takes nothing new: patients do not see it, what is in it is answered to its end. Default: false. */
            retired: boolean;
            /**
             * Format: int32
             * @description A consultation goes back to the queue, before those that are as old, and its patient is told, when the console of who leads it has been lost so long.
             *     What is on hold until a time stays until then. 0: it stays with him. Unit: minutes, at most 1440. Default: 10.
             */
            return_after_minutes: number;
            /** @description How what waits here finds its operator. */
            routing: components["schemas"]["RoutingSettings"];
            /**
             * Format: int32
             * @description A consultation is closed when its patient has written nothing for so long after an answer; when three quarters of it have passed, he is asked whether he is
             *     still there. Unit: minutes, 4 to 43200. Default: none, it stays open.
             */
            silent_close_minutes: number | null;
            /** @description What is promised to who waits here. */
            sla: components["schemas"]["SlaSettings"];
            /** @description Time zone of its hours and closures. Unit: IANA name, such as `Asia/Yekaterinburg`. Default: the brand's. */
            time_zone: string | null;
        };
        /** @description `PUT /consultations/{id}/rating` */
        RateConsultation: {
            /** @description In his words, at most 1000 characters; staff who took part, and supervisors, read it. */
            comment?: string | null;
            /**
             * Format: int64
             * @description From 1, bad, to 5, very good.
             */
            stars: number;
        };
        /** @description A rating with its words. */
        Rating: components["schemas"]["RatingRef"] & {
            /** @description What was said; null: nothing. */
            comment: string | null;
        };
        /** @description A rating, as lists show it. */
        RatingRef: {
            /** @description When it was given, or changed last. */
            rated_at: components["schemas"]["Time"];
            /**
             * Format: int64
             * @description From 1, bad, to 5, very good.
             */
            stars: number;
        };
        /** @description A rehearsal, with how far it came. Times are null until it happened. */
        Rehearsal: {
            answered_at: components["schemas"]["Time"] | null;
            asked_at: components["schemas"]["Time"] | null;
            /** @description When it was begun. */
            begun_at: components["schemas"]["Time"];
            /** @description By whom. */
            begun_by: components["schemas"]["OperatorRef"];
            closed_at: components["schemas"]["Time"] | null;
            consultation_id: components["schemas"]["ConsultationId"] | null;
            ended_at: components["schemas"]["Time"] | null;
            /** @description Whether what he wrote has come. */
            heard: boolean;
            /** @description Its id. */
            id: string;
            joined_at: components["schemas"]["Time"] | null;
            /** @description The address that the phone opens. */
            link: string;
            opened_at: components["schemas"]["Time"] | null;
            /** @description Whether it came to its end. */
            passed: boolean;
            patient: components["schemas"]["PatientRef"] | null;
            /** @description The same as a picture. */
            qr: components["schemas"]["QrCode"];
            queue: components["schemas"]["QueueRef"] | null;
            taken_at: components["schemas"]["Time"] | null;
        };
        /** @description That an account plays the patient. */
        RehearsalJoined: {
            /** @description Whether the account was made for it, and goes with the demonstration's data. */
            demo: boolean;
            /** @description Since when. */
            joined_at: components["schemas"]["Time"];
        };
        /** @description The rehearsal that was begun last. */
        RehearsalState: {
            /**
             * @description Whether the caller is met by it: he is none of a demonstration's, nobody has played one, he has not skipped
             *     it, and no real patient was answered here.
             */
            offered: boolean;
            /** @description Whether whoever opens the app can make an account there. */
            open_registration: boolean;
            /** @description Whether one was ever played to its end. */
            passed: boolean;
            rehearsal: components["schemas"]["Rehearsal"] | null;
        };
        /**
         * @description What the account holder is to the person: codes of FHIR's `RelatedPerson.relationship`.
         * @enum {string}
         */
        Relationship: "PRN" | "CHILD" | "SPS" | "SIB" | "GRPRN" | "GRNDCHILD" | "GUARD" | "FAMMEMB" | "O";
        /** @description A supervisor removes all of it. */
        RemoveDemo: {
            /** @description The brand's name, in any of its languages. */
            confirm: string;
        };
        /** @description `POST /patients/{id}/invitation` */
        RenewInvitation: {
            /** @description In which of the brand's languages the patient is greeted; left out: as before. */
            language?: string | null;
        };
        /** @description A report. */
        Report: {
            /** @description What a row is about. */
            group: components["schemas"]["ReportGroup"];
            /** @description Each part of the period, also where nothing happened; queues and operators only where something did. */
            rows: components["schemas"]["ReportRow"][];
            /** @description The time zone that days and hours are of, an IANA name: the clinic's, or that of the one queue that was asked about. */
            time_zone: string;
            /** @description The whole period. */
            total: components["schemas"]["ReportFigures"];
        };
        /** @description What is behind a number: of the three lists that of what the figure counts, the others are empty. Newest first, and of a length the longest first. */
        ReportBehind: {
            /** @description Call-backs. */
            callbacks: components["schemas"]["CallbackRow"][];
            /** @description Calls. */
            calls: components["schemas"]["CallRow"][];
            /** @description Consultations. */
            consultations: components["schemas"]["ConsultationRow"][];
            /** @description Give it back as `cursor` for the next page; null after the last. */
            next_cursor: string | null;
            /**
             * Format: int64
             * @description Rows of the whole list.
             */
            total: number;
        };
        /**
         * @description What a number of a report counts or measures: consultations, calls or call-backs that can be listed behind it.
         * @enum {string}
         */
        ReportFigure: "entered" | "answered" | "abandoned" | "closed" | "transferred" | "reopened" | "rated" | "wait" | "first_response" | "handling" | "resolution" | "sla_kept" | "sla_broken" | "sla_wait_kept" | "sla_wait_broken" | "sla_first_response_kept" | "sla_first_response_broken" | "sla_resolution_kept" | "sla_resolution_broken" | "calls" | "calls_completed" | "calls_measured" | "calls_poor" | "callbacks_due" | "callbacks_on_time" | "callbacks_late";
        /** @description Figures. What there is no case of is null, never nought. */
        ReportFigures: {
            /**
             * Format: int32
             * @description Of these, left while they waited.
             */
            abandoned: number;
            /**
             * Format: int64
             * @description Abandoned ÷ entered. Unit: thousandths.
             */
            abandonment_permille: number | null;
            /**
             * Format: int32
             * @description Of these, such that an operator wrote in.
             */
            answered: number;
            /** @description What they were like. */
            call_quality: components["schemas"]["CallFigures"];
            /**
             * Format: int64
             * @description Both sides in calls. Unit: seconds.
             */
            call_seconds: number;
            /**
             * Format: int32
             * @description Call-backs that were due.
             */
            callbacks_due: number;
            /**
             * Format: int32
             * @description Of these, never overdue.
             */
            callbacks_on_time: number;
            /**
             * Format: int64
             * @description The same ÷ those that were due. Unit: thousandths.
             */
            callbacks_on_time_permille: number | null;
            /**
             * Format: int32
             * @description Calls begun.
             */
            calls: number;
            /**
             * Format: int32
             * @description Of these, such that both sides were in.
             */
            calls_completed: number;
            /**
             * Format: int32
             * @description Of these, closed by who led them.
             */
            closed: number;
            /**
             * Format: int64
             * @description Consultations at once, while there was one. Unit: thousandths.
             */
            concurrency_permille: number | null;
            /**
             * Format: int64
             * @description Consultations that waited at once, on average over the time. Unit: thousandths; null where rows are operators, and of what is still to come.
             */
            depth_average_permille: number | null;
            /**
             * Format: int64
             * @description The most that waited at once.
             */
            depth_max: number | null;
            /**
             * Format: int32
             * @description Consultations asked for.
             */
            entered: number;
            first_response: components["schemas"]["Spread"] | null;
            handling: components["schemas"]["Spread"] | null;
            /**
             * Format: int64
             * @description Time with at least one active consultation ÷ time on duty. Unit: thousandths.
             */
            occupancy_permille: number | null;
            /**
             * Format: int64
             * @description Time on duty, all operators together. Unit: seconds; null where rows are queues.
             */
            on_duty_seconds: number | null;
            /**
             * Format: int32
             * @description Closed ones that their patients rated.
             */
            rated: number;
            /**
             * Format: int64
             * @description Their average. Unit: thousandths of a star.
             */
            rating_permille: number | null;
            /**
             * Format: int32
             * @description Asked again within a day after the close.
             */
            reopened: number;
            resolution: components["schemas"]["Spread"] | null;
            /**
             * Format: int64
             * @description Rated ÷ closed. Unit: thousandths.
             */
            response_permille: number | null;
            /** @description Promises of the queue, all together: a consultation to which one was broken is broken. */
            sla: components["schemas"]["SlaFigures"];
            /** @description The promise that an operator writes. */
            sla_first_response: components["schemas"]["SlaFigures"];
            /** @description The promise that it is closed. */
            sla_resolution: components["schemas"]["SlaFigures"];
            /** @description The promise that an operator takes it. */
            sla_wait: components["schemas"]["SlaFigures"];
            /**
             * Format: int32
             * @description How often they were handed on.
             */
            transfers: number;
            wait: components["schemas"]["Spread"] | null;
        };
        /**
         * @description What one row of a report is about.
         * @enum {string}
         */
        ReportGroup: "hour" | "day" | "week" | "queue" | "operator";
        /** @description One row. */
        ReportRow: {
            /** @description Its figures. */
            figures: components["schemas"]["ReportFigures"];
            /** @description An hour (`07`), a day (`2026-11-28`), a week (`2026-W48`), the id of a queue or of an operator; empty: led by nobody. */
            key: string;
            /** @description Name of the queue or operator today. */
            name: string | null;
        };
        /** @description `event: resync`: the stream cannot tell what was missed; load the lists again. */
        Resync: Record<string, never>;
        /** @description How long a record is kept. */
        Retention: {
            /** @description The class that it was sealed with. */
            class: components["schemas"]["RetentionClass"];
            /** @description When its time is over. */
            due_at: components["schemas"]["Time"];
        };
        /** @description A retention class of the brand. */
        RetentionClass: {
            /** @description Its id. */
            id: string;
            /** @description Its name; the id where the brand has it no more. */
            name: string;
        };
        /** @description A class of archive records that are kept equally long. */
        RetentionClassSettings: {
            /**
             * @description Whether a patient who has his account deleted has these records erased with it. `false`: the law asks that they are kept, so they stay sealed until their
             *     time is over.
             */
            erase_on_request: boolean;
            /** @description Short name, such as `standard` or `minor`: 1 to 32 of `a-z 0-9 -`. Records remember it. */
            id: string;
            /**
             * Format: int32
             * @description Kept so long after the close. Give this or `keep_years`. Unit: days, 1 to 36500.
             */
            keep_days: number | null;
            /**
             * Format: int32
             * @description Kept so long after the close, to the same day of the calendar; gone on the day after. Give this or `keep_days`. Unit: years, 1 to 100.
             */
            keep_years: number | null;
            /** @description Name, by language. */
            name: components["schemas"]["Localized"];
        };
        /** @description A consultation that went back to the queue while the caller's console was lost. */
        ReturnedConsultation: {
            /** @description Which. */
            consultation_id: components["schemas"]["ConsultationId"];
            lead: components["schemas"]["OperatorRef"] | null;
            /** @description Whose. */
            patient: components["schemas"]["PatientRef"];
            /** @description The same. */
            phase: components["schemas"]["Phase"];
            /** @description Where it stands now. */
            queue: components["schemas"]["QueueRef"];
            /** @description When it went back. */
            returned_at: components["schemas"]["Time"];
        };
        /** @description What was taken from the caller in the last seven days. */
        ReturnedConsultations: {
            /** @description Newest first. */
            consultations: components["schemas"]["ReturnedConsultation"][];
        };
        /**
         * @description What a caller may do.
         * @enum {string}
         */
        Role: "patient" | "operator" | "supervisor";
        RoomId: string;
        /** @description How what waits in a queue finds its operator. */
        RoutingSettings: {
            /**
             * Format: int32
             * @description Who did not take it is not asked again for it so long. Unit: seconds. Default: 300.
             * @default 300
             */
            ask_again_seconds: number;
            /**
             * @description Whether its operators must speak the patient's language. Default: true.
             * @default true
             */
            by_language: boolean;
            /**
             * Format: int32
             * @description What one takes instead that is answered and whose patient has written nothing since; at most `weight`, 0: nothing. Default: none, as much.
             * @default null
             */
            idle_weight: number | null;
            /**
             * Format: int32
             * @description An operator who is asked has so long to take it; then another is asked. Unit: seconds. Default: 30.
             * @default 30
             */
            offer_seconds: number;
            /** @default null */
            overflow: components["schemas"]["OverflowSettings"] | null;
            /**
             * @description What its operators must be able to do, as the desk writes it in their profiles. Default: nothing.
             * @default []
             */
            skills: string[];
            /**
             * @description Whether who led the patient's last consultation is asked first, while he can be. Default: true.
             * @default true
             */
            sticky: boolean;
            /**
             * @description Who is asked. Default: `manual`, operators pick by hand.
             * @default manual
             */
            strategy: components["schemas"]["RoutingStrategy"];
            /**
             * Format: int32
             * @description What one consultation takes of an operator's capacity. Default: 1.
             * @default 1
             */
            weight: number;
            /**
             * Format: int32
             * @description After a call its operator is offered nothing so long, unless he says that he is ready. Unit: seconds. Default: 60.
             * @default 60
             */
            wrap_up_seconds: number;
        };
        /**
         * @description Who is asked to take what waits.
         * @enum {string}
         */
        RoutingStrategy: "manual" | "round_robin" | "least_loaded";
        /**
         * @description A kind of action.
         * @enum {string}
         */
        RuleAction: "remove_tag" | "add_tag" | "raise_priority" | "move" | "note" | "alarm";
        /** @description What is done, in this order. At least one. */
        RuleActions: {
            /**
             * @description Tags that are put on. Unit: ids of the desk's tags. Default: none.
             * @default []
             */
            add_tags: string[];
            /**
             * @description Whether supervisors are alarmed in the console until one of them has seen it. Default: false.
             * @default false
             */
            alarm: boolean;
            /**
             * @description The queue of the same circle that it goes on waiting in. Default: its own.
             * @default null
             */
            move_to: string | null;
            /**
             * @description A note for staff: at most 4000 characters. Default: none.
             * @default null
             */
            note: string | null;
            /**
             * Format: int32
             * @description The priority that it has at least from then on, while it waits. Unit: 1 to 100; a red flag has 10. Default: as it is.
             * @default null
             */
            raise_priority_to: number | null;
            /**
             * @description Tags that are taken off. Unit: ids of the desk's tags. Default: none.
             * @default []
             */
            remove_tags: string[];
        };
        /** @description An alarm of supervisors. */
        RuleAlarm: {
            seen_at: components["schemas"]["Time"] | null;
            seen_by: components["schemas"]["OperatorRef"] | null;
        };
        /**
         * @description A kind of condition.
         * @enum {string}
         */
        RuleCondition: "queues" | "tags" | "languages" | "hours" | "red_flag" | "returning" | "waited_minutes" | "silent_minutes";
        /** @description What has to hold. Of a list any value will do; an empty one asks nothing; everything that is asked has to hold. */
        RuleConditions: {
            /** @default null */
            hours: components["schemas"]["RuleHours"] | null;
            /**
             * @description The patient asked in one of these languages. Unit: those of the brand. Default: any.
             * @default []
             */
            languages: string[];
            /**
             * @description It is in one of these queues, which are the services that patients ask for. Default: any.
             * @default []
             */
            queues: string[];
            /**
             * @description Whether what the patient answered has a red flag. Default: nothing is asked.
             * @default null
             */
            red_flag: boolean | null;
            /**
             * @description Whether the patient was here before. Default: nothing is asked.
             * @default null
             */
            returning: boolean | null;
            /**
             * Format: int32
             * @description Nobody wrote for at least so long before. Unit: minutes, 1 to 525600. Default: nothing is asked; `consultation.silence_ended`
             *     always needs it, and nothing else has it.
             * @default null
             */
            silent_minutes: number | null;
            /**
             * @description It has one of these tags. Unit: ids of the desk's tags. Default: nothing is asked.
             * @default []
             */
            tags: string[];
            /**
             * Format: int32
             * @description The patient has waited at least so long for the first operator. Unit: minutes, 1 to 43200. Default: nothing is asked.
             * @default null
             */
            waited_minutes: number | null;
        };
        /** @description An action of a rule that ran. */
        RuleDone: {
            /** @description Which. */
            action: components["schemas"]["RuleAction"];
            /** @description What came of it. */
            outcome: components["schemas"]["RuleOutcome"];
            /** @description With what, as the action says. */
            subject: string | null;
        };
        /**
         * @description When a rule is looked at. Where a webhook is told of the same, the word is the same.
         * @enum {string}
         */
        RuleEvent: "consultation.requested" | "consultation.red_flag" | "consultation.taken" | "consultation.transferred" | "consultation.wait_warning" | "consultation.wait_broken" | "consultation.response_warning" | "consultation.response_broken" | "consultation.resolution_warning" | "consultation.resolution_broken" | "consultation.silence_ended" | "consultation.reopened" | "consultation.closed" | "consultation.cancelled" | "consultation.abandoned" | "conclusion.signed" | "callback.ordered" | "callback.overdue";
        /** @description What became of a condition. */
        RuleFinding: {
            /** @description Which. */
            condition: components["schemas"]["RuleCondition"];
            /** @description What there was: ids of queue or tags, a language, `within` or `outside`, `true` or `false`, whole minutes. Empty: nothing. */
            found: string[];
            /** @description Whether it holds. */
            holds: boolean;
        };
        /**
         * @description Whether a queue works.
         * @enum {string}
         */
        RuleHours: "within" | "outside";
        /**
         * @description What came of an action.
         * @enum {string}
         */
        RuleOutcome: "done" | "unchanged" | "not_waiting" | "handed_on" | "moved_before" | "no_such_tag" | "tag_archived" | "too_many_tags" | "no_such_queue" | "other_circle" | "not_possible";
        /** @description `event: rule`: a rule ran, or somebody took note of its alarm. */
        RuleRan: {
            /** @description What it did. */
            run_id: components["schemas"]["RuleRunId"];
        };
        /** @description What a rule did once. */
        RuleRun: {
            alarm: components["schemas"]["RuleAlarm"] | null;
            /** @description When. */
            at: components["schemas"]["Time"];
            callback_id: components["schemas"]["CallbackId"] | null;
            consultation_id: components["schemas"]["ConsultationId"] | null;
            /** @description What came of each action. */
            done: components["schemas"]["RuleDone"][];
            /** @description What had happened. */
            event: components["schemas"]["RuleEvent"];
            /** @description Its id. */
            id: components["schemas"]["RuleRunId"];
            patient: components["schemas"]["PatientRef"] | null;
            /** @description The rule, as its section is named behind `rule.`. */
            rule_id: string;
            /** @description Its name today, in the caller's language; its id where it is gone. */
            rule_name: string;
            /**
             * Format: int64
             * @description The version of its section that ran; 0: as the brand folder says.
             */
            rule_version: number;
        };
        RuleRunId: string;
        /** @description What the desk does by itself when something happens. */
        RuleSettings: {
            /** @description What is done. */
            actions: components["schemas"]["RuleActions"];
            /** @description What has to hold then. Default: nothing. */
            conditions: components["schemas"]["RuleConditions"];
            /** @description When it is looked at. */
            event: components["schemas"]["RuleEvent"];
            /** @description Name for staff, by language: at most 100 characters. */
            name: components["schemas"]["Localized"];
            /** @description Whether it runs. Default: true. */
            on: boolean;
        };
        /** @description What a rule would have matched. */
        RuleTried: {
            /** @description Whether what it waits for is kept; false: of silences nothing is, so that nothing can be said. */
            is_known: boolean;
            /** @description How many were looked at. */
            looked_at: number;
            /** @description How many it would have matched. */
            matched: number;
            /** @description Those to which it happened, newest first. */
            rows: components["schemas"]["RuleTriedRow"][];
        };
        /** @description One to which it happened. Queue and tags are as they stand now: what they were then is not kept. */
        RuleTriedRow: {
            /** @description When it happened for the first time. */
            at: components["schemas"]["Time"];
            callback_id: components["schemas"]["CallbackId"] | null;
            consultation_id: components["schemas"]["ConsultationId"] | null;
            /** @description What became of each condition that it asks. */
            findings: components["schemas"]["RuleFinding"][];
            /** @description Whether the rule would have run. */
            matches: boolean;
            patient: components["schemas"]["PatientRef"] | null;
        };
        /** @description `POST /rules/try` */
        RuleTry: {
            /** @description The whole rule, as `PUT /settings/rule.<id>` takes it; nothing of it is kept. */
            content: unknown;
            /**
             * Format: int32
             * @description How many of the last consultations, or call-backs, are looked at: 1 to 500. Default: 100.
             */
            last?: number | null;
        };
        /** @description `POST /consultations/{id}/macros/{macro_id}` and `…/check` */
        RunMacro: {
            /**
             * Format: uuid
             * @description Made by the client once for each run; a retry with the same one does nothing twice.
             */
            request_id: string;
            /**
             * Format: int64
             * @description The version whose preview was shown.
             */
            version: number;
        };
        /** @description `PUT /consultations/{id}/conclusion/draft` */
        SaveConclusion: {
            /** @description A language of the brand. */
            language: string;
            /** @description All that is written; a section that is left out is empty. */
            sections: components["schemas"]["SectionText"][];
            /**
             * Format: int64
             * @description The version that was changed.
             */
            version: number;
        };
        /** @description A saved view. */
        SavedView: {
            /** @description When it was changed last. */
            changed_at: components["schemas"]["Time"];
            /** @description Its id. */
            id: components["schemas"]["SavedViewId"];
            /** @description What it is called. */
            name: string;
            /** @description How the console sorts the rows that it has: a column, with `-` before it from the end; null: as `query` says. */
            order: string | null;
            /** @description Whose it is; nobody else changes it. */
            owner: components["schemas"]["OperatorRef"];
            /** @description The list's own query, without `view` where the section says it, and without a page. */
            query: string;
            /** @description It was removed; for a day its owner can take it back. */
            removed: boolean;
            /** @description Which list. */
            section: components["schemas"]["SavedViewSection"];
            /** @description Who else sees it. */
            sharing: components["schemas"]["SavedViewSharing"];
            /**
             * Format: int64
             * @description Give it back with a change, so that nobody's is lost.
             */
            version: number;
        };
        /** @description `PUT /view-order`, and `event: view_order` (the caller alone) */
        SavedViewArrangement: {
            /** @description The caller's order, at most 150; views that are not named stand behind. */
            view_ids: components["schemas"]["SavedViewId"][];
        };
        /** @description `PUT /views/{id}` */
        SavedViewChange: {
            /** @description 1 to 60 characters; one for each view of an owner. */
            name: string;
            /** @description A column of 1 to 32 letters and `_`, with `-` before it from the end. */
            order?: string | null;
            /** @description The list's own query, as the list itself would take it; at most 2000 bytes. */
            query?: string;
            /** @description Whether it is to be removed; false takes it back. */
            removed?: boolean;
            /** @description Which list. */
            section: components["schemas"]["SavedViewSection"];
            /** @description Who else is to see it; supervisors share. */
            sharing?: components["schemas"]["SavedViewSharing"];
            /**
             * Format: int64
             * @description The version that was changed.
             */
            version: number;
        };
        /** @description `event: view` (staff that sees it, or saw it) */
        SavedViewChanged: {
            view: components["schemas"]["SavedView"] | null;
            /** @description Which. */
            view_id: components["schemas"]["SavedViewId"];
        };
        SavedViewId: string;
        /** @description All views that the caller sees. */
        SavedViews: {
            /** @description His own and those that are shared with him, in his order; at most 150. */
            views: components["schemas"]["SavedView"][];
        };
        /**
         * @description Which list a view is of.
         * @enum {string}
         */
        SavedViewSection: "waiting" | "mine" | "active" | "on_hold" | "callbacks" | "archive" | "patients";
        /** @description Who sees a view besides its owner. */
        SavedViewSharing: {
            /** @enum {string} */
            with: "nobody";
        } | {
            /** @enum {string} */
            with: "everybody";
        } | {
            /** @description Which, at least one. */
            queue_ids: components["schemas"]["QueueId"][];
            /** @enum {string} */
            with: "queues";
        };
        /** @description A device that was given the secret. */
        SecretRelease: {
            /** @description When. */
            at: components["schemas"]["Time"];
            /** @description The Matrix device. */
            device_id: string;
            /** @description What the device called itself. */
            device_name: string | null;
            /** @description Its id. */
            id: string;
        };
        /** @description What is written in a section. */
        SectionText: {
            /** @description The template's code. */
            code: string;
            /** @description At most 8000 characters; all sections together at most 24000. */
            text: string;
        };
        /** @description Where somebody reports a fault in the safety of the service, at `/.well-known/security.txt`. */
        SecuritySettings: {
            /** @description Where to report, the best way first: 1 to 5. Unit: address with `mailto:`, `https://` or `tel:` before it, such as `mailto:security@clinic.example`. */
            contacts: string[];
            /** @description The last day on which all of it holds. Default: half a year from the day on which it is read, so that nobody has to think of it. */
            expires: string | null;
            /** @description Languages in which a report is read. Unit: BCP 47 tags. Default: those of the brand. */
            languages: string[];
            /** @description What who looks for faults may do, and what he can count on. Unit: `https://` address. Default: none. */
            policy: string | null;
        };
        /** @description Who sent a message. */
        Sender: {
            /** @description What he was. */
            kind: components["schemas"]["SenderKind"];
            /** @description Name at the time of sealing. */
            name: string;
            /** @description Matrix user id. */
            user_id: components["schemas"]["UserId"];
        };
        /**
         * @description What a sender of a message was.
         * @enum {string}
         */
        SenderKind: "patient" | "operator" | "system";
        /** @description `POST /merges/{id}/separate` */
        SeparateMerge: {
            /** @description Why, in 1 to 500 characters; for supervisors. */
            reason: string;
            /**
             * Format: uuid
             * @description The client's idempotency key: the same separates once.
             */
            request_id: string;
            /**
             * Format: int64
             * @description The version that was seen.
             */
            version: number;
        };
        /** @description A queue as the patient sees it. */
        Service: {
            /** @description Whether the patient can be called back, and whether he is offered it instead of waiting. */
            callback: components["schemas"]["CallbackOffer"];
            /** @description What it is for, in the caller's language. */
            description: string;
            /** @description When its operators work. */
            hours: components["schemas"]["WorkingHours"];
            /** @description Name of a tabler icon. */
            icon: string;
            /** @description Id of the queue. */
            id: components["schemas"]["QueueId"];
            /** @description Languages that it is given in (BCP 47). */
            languages: string[];
            /** @description Name in the caller's language. */
            name: string;
            /** @description Whether a consultation can be started now. */
            open: boolean;
            /**
             * Format: int32
             * @description Operators of this queue who are online.
             */
            operators_online: number;
            price: components["schemas"]["Price"] | null;
            questionnaire: components["schemas"]["Questionnaire"] | null;
            wait: components["schemas"]["WaitEstimate"] | null;
        };
        /** @description All services of the brand. */
        Services: {
            /** @description In the order of the brand's configuration. */
            services: components["schemas"]["Service"][];
        };
        /** @description All settings. */
        Settings: {
            /** @description What can be named by them. */
            choices: components["schemas"]["SettingsChoices"];
            /** @description Queues in their order first. */
            sections: components["schemas"]["SettingsSection"][];
        };
        /** @description `PUT /settings/{section}` */
        SettingsChange: {
            /**
             * Format: int64
             * @description The version that was changed.
             */
            based_on: number;
            /** @description The whole content; null: it is removed. */
            content: unknown;
            /** @description Why, at most 300 characters. */
            note?: string | null;
        };
        /** @description `event: settings`: a section was changed. Load what depends on it again. */
        SettingsChanged: {
            /** @description Which. */
            section: string;
            /**
             * Format: int64
             * @description Its version.
             */
            version: number;
        };
        /** @description How a content would do. */
        SettingsChecked: {
            /** @description What it would change. */
            differences: components["schemas"]["SettingsDifference"][];
            /** @description What would come of it for people and records, beside what the fields say. */
            effects: components["schemas"]["SettingsEffect"][];
            /** @description What is wrong, by field; what it breaks elsewhere by its key in `brand.toml`, behind `brand.`. */
            errors: components["schemas"]["FieldError"][];
            hours: components["schemas"]["QueueHours"] | null;
        };
        /** @description Something that can be named. */
        SettingsChoice: {
            /** @description Its id. */
            id: string;
            /** @description Its name, in the caller's language. */
            name: string;
        };
        /** @description What can be named by settings. */
        SettingsChoices: {
            /** @description Circles, by id and name in the caller's language. */
            circles: components["schemas"]["SettingsChoice"][];
            /** @description The brand's currency (ISO 4217). */
            currency: string;
            /** @description Laws that consents can satisfy: those that come with the program, then the brand's own. */
            legal_profiles: components["schemas"]["LegalProfile"][];
            /** @description Text keys that every brand has. */
            required_texts: string[];
            /** @description Retention classes. */
            retention: components["schemas"]["SettingsChoice"][];
            /** @description The brand's time zone (IANA), for queues that name none. */
            time_zone: string;
        };
        /** @description A field that differs. */
        SettingsDifference: {
            /** @description What stands there; null: nothing. */
            after: unknown;
            /** @description What stood there; null: nothing. */
            before: unknown;
            /** @description Where, such as `name.en`, `sections[advice].required` or `items[signs].options[rash].text.en`. */
            field: string;
        };
        /** @description A section with its content. */
        SettingsDocument: {
            /** @description The whole content, in the shape of its kind; null: it was removed. */
            content: unknown;
            /** @description Which, and how it stands. */
            section: components["schemas"]["SettingsSection"];
            /** @description The texts in it that people agree to or read as documents, each with the hash by which it is known for ever. */
            texts: components["schemas"]["SettingsText"][];
        };
        /** @description What a change of a section would come to. */
        SettingsEffect: {
            /**
             * Format: int64
             * @description How many agreements to the old text stand now.
             */
            agreements: number;
            /** @enum {string} */
            kind: "asked_anew";
            /** @description Its title, in the caller's language. */
            name: string;
            /** @description The purpose. */
            purpose: string;
            /** @description Whether nothing can be asked without it. */
            required: boolean;
        } | {
            /** @description The class. */
            class: string;
            first_at?: components["schemas"]["Time"] | null;
            /**
             * Format: int64
             * @description How many of them are held.
             */
            held: number;
            /** @enum {string} */
            kind: "kept";
            last_at?: components["schemas"]["Time"] | null;
            /** @description Its name, in the caller's language. */
            name: string;
            new_at?: components["schemas"]["Time"] | null;
            /**
             * Format: int64
             * @description How many records of it are sealed now.
             */
            records: number;
        } | {
            /** @enum {string} */
            kind: "classified";
            /**
             * Format: int64
             * @description How many records.
             */
            records: number;
        };
        /** @description Versions of a section, newest first. */
        SettingsHistory: {
            /**
             * Format: int64
             * @description Give it as `before` to get older ones; null: there are none.
             */
            next_before: number | null;
            /** @description At most 50. */
            versions: components["schemas"]["SettingsVersion"][];
        };
        /**
         * @description What kind of section it is.
         * @enum {string}
         */
        SettingsKind: "queue" | "queues" | "holidays" | "texts" | "contacts" | "callback_form" | "legal" | "consents" | "retention" | "statuses" | "conclusion" | "questionnaire" | "rule" | "rules" | "fields";
        /**
         * @description How a section stands to the brand folder.
         * @enum {string}
         */
        SettingsOrigin: "folder" | "console" | "folder_differs" | "set_aside";
        /** @description `POST /settings/{section}/restore` */
        SettingsRestore: {
            /**
             * Format: int64
             * @description The version that stands now.
             */
            based_on: number;
            /** @description Why, at most 300 characters. */
            note?: string | null;
            /**
             * Format: int64
             * @description The version whose content is wanted; 0: what the brand folder says.
             */
            version: number;
        };
        /** @description A section. */
        SettingsSection: {
            changed_at: components["schemas"]["Time"] | null;
            changed_by: components["schemas"]["OperatorRef"] | null;
            /** @description Whether it does anything; false: it is a rule that is off. */
            is_on: boolean;
            /** @description Whether it holds; false: it was removed, and can be brought back from its history. */
            is_there: boolean;
            /** @description What it is. */
            kind: components["schemas"]["SettingsKind"];
            /** @description How it stands to the brand folder. */
            origin: components["schemas"]["SettingsOrigin"];
            /** @description Its name, such as `queue.general`, `texts`, `conclusion.visit`, `questionnaire.child` or `rule.night`. */
            section: string;
            /** @description The name of the queue, template or questionnaire, in the caller's language; null: it is one of its kind. */
            title: string | null;
            /** @description Queues that go by it, where it is a template or a questionnaire. What queues ask cannot be removed. */
            used_by: components["schemas"]["SettingsChoice"][];
            /**
             * Format: int64
             * @description Give it back with a change, so that nobody's is lost; 0: it was never changed in the console.
             */
            version: number;
        };
        /** @description A text that is known by its hash. */
        SettingsText: {
            /** @description Where it stands, such as `consents.treatment`, `documents.privacy` or `form`. */
            field: string;
            /** @description SHA-256, hexadecimal; the same that stands beside an agreement to it. */
            hash: string;
            /** @description BCP 47. */
            language: string;
        };
        /** @description `POST /settings/{section}/check` */
        SettingsTry: {
            /** @description The whole content. */
            content: unknown;
        };
        /** @description A version of a section. */
        SettingsVersion: {
            /** @description When. */
            at: components["schemas"]["Time"];
            /** @description By whom. */
            by: components["schemas"]["OperatorRef"];
            /** @description What it changed. */
            differences: components["schemas"]["SettingsDifference"][];
            /** @description Why. */
            note: string | null;
            /** @description Whether it removed the section. */
            removed: boolean;
            /**
             * Format: int64
             * @description The version whose content it has again; 0: that of the brand folder.
             */
            restores: number | null;
            /**
             * Format: int64
             * @description From 1.
             */
            version: number;
        };
        /** @description `event: setup`: something of the first days changed. It is read anew. */
        SetupChanged: {
            /** @description What: `checklist`, `rehearsal` or `demo`. */
            what: string;
        };
        /**
         * @description Sex, as FHIR's administrative gender without `unknown`, which is null here.
         * @enum {string}
         */
        Sex: "female" | "male" | "other";
        /** @description `POST /consultations/{id}/conclusion/sign` */
        SignConclusion: {
            /**
             * Format: int64
             * @description The version of the draft that was read.
             */
            version: number;
        };
        /** @description One sign-in of a patient. */
        SignIn: {
            /** @description Its id, to name it by; not for people. */
            id: string;
            /** @description When it was used last, to a minute. */
            last_seen_at: components["schemas"]["Time"];
            /** @description What it calls itself, such as `Firefox, Linux`; null: nothing. */
            name: string | null;
            /** @description When it began. */
            signed_in_at: components["schemas"]["Time"];
        };
        /** @description Where a patient is signed in. */
        SignIns: {
            /** @description The last ten times that staff ended some, the newest first. */
            ended: components["schemas"]["EndedSignIns"][];
            /** @description The latest seen first. */
            sign_ins: components["schemas"]["SignIn"][];
        };
        /** @description Staff ends sign-ins of a patient. */
        SignOutPatient: {
            /** @description Why. */
            reason: components["schemas"]["SignOutReason"];
            /** @description Ids of those that end; absent or null: all. */
            sign_in_ids?: string[] | null;
        };
        /**
         * @description Why staff ends sign-ins of a patient.
         * @enum {string}
         */
        SignOutReason: "lost" | "not_theirs" | "asked" | "precaution";
        /** @description Promises that were decided: kept or broken. */
        SlaFigures: {
            /**
             * Format: int32
             * @description Consultations to which it was broken.
             */
            broken: number;
            /**
             * Format: int32
             * @description Consultations to which it was kept.
             */
            kept: number;
            /**
             * Format: int64
             * @description Kept ÷ both. Unit: thousandths.
             */
            kept_permille: number | null;
        };
        /**
         * @description How a promise of the queue stands, as lists are filtered by it.
         * @enum {string}
         */
        SlaFilter: "warning" | "breach";
        /**
         * @description How far a promise is from being kept.
         * @enum {string}
         */
        SlaLevel: "kept" | "warning" | "breach";
        /** @description What a queue promises to consultations of a priority and above, up to the next one that is named. What it leaves out is promised as to all. */
        SlaPrioritySettings: {
            /**
             * Format: int32
             * @description As in `sla`. Unit: minutes. Default: that of `sla`.
             */
            first_response_minutes: number | null;
            /**
             * Format: int32
             * @description From which priority of a consultation on: a return to the queue adds 1, a red flag 10, a rule what it says. Unit: 1 to 100.
             */
            priority: number;
            /**
             * Format: int32
             * @description As in `sla`. Unit: minutes. Default: that of `sla`.
             */
            resolution_minutes: number | null;
            /**
             * Format: int32
             * @description As in `sla`. Unit: minutes. Default: that of `sla`.
             */
            wait_minutes: number | null;
        };
        /** @description What a queue promises, counted in its hours. A warning and a breach are told to the desk. */
        SlaSettings: {
            /**
             * @description What is promised instead to what is more urgent. At most 10. Default: none, the same to all.
             * @default []
             */
            by_priority: components["schemas"]["SlaPrioritySettings"][];
            /**
             * Format: int32
             * @description An operator has written within so long after the request. Unit: minutes. Default: none, nothing is promised.
             * @default null
             */
            first_response_minutes: number | null;
            /**
             * Format: int32
             * @description It is closed within so long after the request, or after it was opened again. Unit: minutes. Default: none, nothing is promised.
             * @default null
             */
            resolution_minutes: number | null;
            /**
             * Format: int32
             * @description An operator takes what waits within so long. Unit: minutes. Default: none, nothing is promised.
             * @default null
             */
            wait_minutes: number | null;
            /**
             * Format: int32
             * @description The desk is warned when so much of a promised time has passed. Unit: percent, 1 to 99. Default: 75.
             * @default 75
             */
            warn_percent: number;
        };
        /** @description How a promise of the queue stands. */
        SlaState: {
            /** @description By when it has to be kept. */
            due_at: components["schemas"]["Time"];
            /** @description What has been said of it. */
            level: components["schemas"]["SlaLevel"];
            /** @description Which. */
            target: components["schemas"]["SlaTarget"];
        };
        /**
         * @description What a queue promises.
         * @enum {string}
         */
        SlaTarget: "wait" | "first_response" | "resolution";
        /** @description A part of a snippet. */
        SnippetPart: {
            /** @description Whether it is one of the words that were searched for. */
            hit: boolean;
            /** @description What it says. */
            text: string;
        };
        /**
         * @description Where words of a consultation or call-back stand.
         * @enum {string}
         */
        SnippetSource: "message" | "file" | "conclusion" | "answer" | "note" | "reason" | "outcome";
        /** @description A length of time as it was for half of the cases, and for nine of ten. Percentiles are values that happened. */
        Spread: {
            /**
             * Format: int64
             * @description Median. Unit: seconds.
             */
            median_seconds: number;
            /**
             * Format: int64
             * @description 90th percentile. Unit: seconds.
             */
            p90_seconds: number;
        };
        /**
         * @description A fixed status that others can be kinds of.
         * @enum {string}
         */
        StatusBase: "away" | "break";
        /** @description `PUT /operators/me/status` */
        StatusChange: {
            /** @description What becomes of what the caller leads, where he goes: `going_off` or `offline`. What is not named goes by its queue's rule. */
            hand_over?: components["schemas"]["HandOver"][];
            /** @description Which of the brand's own statuses, by its id; it is a kind of `status`. Default: none. */
            kind?: string | null;
            /** @description Why. */
            reason?: string | null;
            /** @description What the operator is ready for. */
            status: components["schemas"]["OperatorStatus"];
        };
        /**
         * @description A colour of the console, by its meaning.
         * @enum {string}
         */
        StatusColor: "neutral" | "brand" | "info" | "success" | "warning" | "danger" | "note";
        /** @description How many operators are in a status. */
        StatusCount: {
            /**
             * Format: int32
             * @description Operators.
             */
            operators: number;
            /** @description The status. */
            status: components["schemas"]["OperatorStatus"];
        };
        /** @description A status of the brand's own. */
        StatusKind: {
            /** @description Its colour. */
            color: components["schemas"]["StatusColor"];
            /** @description Its id in the settings. */
            id: string;
            /** @description Its name in the caller's language; its id where the settings have it no more. */
            name: string;
            /** @description Which of the fixed statuses it is a kind of. */
            of: components["schemas"]["OperatorStatus"];
        };
        /** @description Statuses of the brand's own that can be chosen. */
        StatusKinds: {
            /** @description In the order of the menu. */
            statuses: components["schemas"]["StatusKind"][];
        };
        /** @description A time that an operator spent in one status. */
        StatusPeriod: {
            kind: components["schemas"]["StatusKind"] | null;
            /** @description Why, where he said so. */
            reason: string | null;
            /** @description From. */
            since: components["schemas"]["Time"];
            /** @description Which. */
            status: components["schemas"]["OperatorStatus"];
            until: components["schemas"]["Time"] | null;
        };
        /** @description A status that operators may choose. */
        StatusSettings: {
            /** @description Its colour in the console. Default: `warning`. */
            color: components["schemas"]["StatusColor"];
            /** @description Short name: 1 to 32 of `a-z 0-9 -`. The history of statuses remembers it. */
            id: string;
            /** @description Name, by language: at most 60 characters. */
            name: components["schemas"]["Localized"];
            /** @description Which of the fixed statuses it is a kind of: whoever has it is offered nobody. */
            of: components["schemas"]["StatusBase"];
            /** @description Whether reports count its time as time on duty: a training is work, a lunch is not. Default: false. */
            on_duty: boolean;
            /** @description Whether nobody can choose it any more; its name stays in the history. Default: false. */
            retired: boolean;
        };
        /** @description A tag. */
        Tag: {
            /** @description Out of use: consultations keep it, no other gets it. */
            archived: boolean;
            /** @description When it was changed last. */
            changed_at: components["schemas"]["Time"];
            /** @description By whom. */
            changed_by: components["schemas"]["OperatorRef"];
            /** @description Its colour. */
            color: components["schemas"]["TagColor"];
            /** @description Its id. */
            id: components["schemas"]["TagId"];
            /** @description Its name in the caller's language. */
            name: string;
            /** @description Its names by language. */
            names: {
                [key: string]: string;
            };
            /**
             * Format: int64
             * @description Give it back with a change, so that nobody's is lost.
             */
            version: number;
        };
        /** @description `PUT /tags/{id}` */
        TagChange: {
            /** @description Whether it goes, or stays, out of use. */
            archived: boolean;
            /** @description Its colour. */
            color: components["schemas"]["TagColor"];
            /** @description By language, at most 40 characters each; the brand's default language always. */
            names: {
                [key: string]: string;
            };
            /**
             * Format: int64
             * @description The version that was changed.
             */
            version: number;
        };
        /** @description `event: tag` (staff) */
        TagChanged: {
            /** @description As it stands now. */
            tag: components["schemas"]["Tag"];
        };
        /**
         * @description The colour of a tag, as a role of the brand's palette.
         * @enum {string}
         */
        TagColor: "neutral" | "brand" | "info" | "success" | "warning" | "danger" | "note";
        TagId: string;
        /** @description A tag on a consultation. */
        TagRef: {
            /** @description Its colour. */
            color: components["schemas"]["TagColor"];
            /** @description Its id. */
            id: components["schemas"]["TagId"];
            /** @description Its name in the caller's language. */
            name: string;
        };
        /** @description All tags of the brand. */
        Tags: {
            /** @description Archived ones too, in the order they were made. */
            tags: components["schemas"]["Tag"][];
        };
        /** @description `POST /consultations/{id}/take-over` */
        TakeOverRequest: {
            /** @description Who leads it, as the caller saw it. */
            lead: components["schemas"]["OperatorId"];
            /** @description Why, for the history that staff reads; the patient is not told. */
            note?: string | null;
        };
        /**
         * Format: date-time
         * @description RFC 3339, UTC
         */
        Time: string;
        /** @description One message of a transcript. */
        TranscriptEntry: {
            /** @description Its text, in the last version that was sent. */
            body: string;
            /** @description Whether the text is not the first version. */
            edited: boolean;
            /** @description Matrix event id. */
            event_id: components["schemas"]["EventId"];
            file: components["schemas"]["ArchivedFile"] | null;
            /** @description What. */
            kind: components["schemas"]["TranscriptKind"];
            /** @description Signs that people put under it while the consultation was open, the first ones first. Records of the first versions have none. */
            reactions: components["schemas"]["ArchivedReaction"][];
            reply_to: components["schemas"]["EventId"] | null;
            /** @description Who. */
            sender: components["schemas"]["Sender"];
            /** @description When, as the homeserver stamped it. */
            sent_at: components["schemas"]["Time"];
            /** @description How far the sender's device was proven: `verified`, `unverified_identity`, … as the keeper found it; null where nothing was encrypted. */
            trust: string | null;
        };
        /**
         * @description What a message was.
         * @enum {string}
         */
        TranscriptKind: "text" | "notice" | "image" | "file" | "audio" | "video" | "redacted" | "undecryptable";
        /** @description How a waiting consultation came back to a queue. */
        Transfer: {
            /** @description When. */
            at: components["schemas"]["Time"];
            /** @description Why. */
            cause: components["schemas"]["TransferCause"];
            /** @description Name of who handed it on, or whose console was lost. */
            from: string;
            /** @description What he wrote for the next one. */
            note: string;
            to: components["schemas"]["OperatorRef"] | null;
        };
        /**
         * @description Why a consultation came back to a queue.
         * @enum {string}
         */
        TransferCause: "handed" | "lost";
        /** @description `POST /consultations/{id}/transfer` */
        TransferRequest: {
            /** @description For the one who takes it next; not shown to the patient. */
            note: string;
            /** @description Where to. */
            to: components["schemas"]["TransferTarget"];
        };
        /** @description A queue or an operator. */
        TransferTarget: {
            /** @description Which. */
            queue_id: components["schemas"]["QueueId"];
        } | {
            /** @description Whom. */
            operator_id: components["schemas"]["OperatorId"];
        };
        UserId: string;
        /**
         * @description What kind of record a console shows.
         * @enum {string}
         */
        ViewedKind: "consultation" | "patient" | "callback" | "archive" | "settings";
        /** @description A record that a console shows. */
        ViewedRecord: {
            /** @description Its id. */
            id: string;
            /** @description What it is. */
            kind: components["schemas"]["ViewedKind"];
        };
        /** @description Somebody who has a record open. */
        Viewer: {
            /** @description What he does with it. */
            act: components["schemas"]["ViewingAct"];
            /** @description Who. */
            operator: components["schemas"]["OperatorRef"];
        };
        /** @description `event: viewing`, to those who have the record open themselves, and the answer to `PUT /viewing`. */
        Viewers: {
            record: components["schemas"]["ViewedRecord"] | null;
            /** @description Everybody who has it open, the caller too, at most 20. */
            viewers: components["schemas"]["Viewer"][];
        };
        /**
         * @description What somebody does with a record that he has open. The later one is more.
         * @enum {string}
         */
        ViewingAct: "looking" | "writing";
        /** @description `PUT /viewing` */
        ViewingRequest: {
            /** @description What is done with it. */
            act?: components["schemas"]["ViewingAct"];
            /** @description A name that this window made for itself, 1 to 64 characters: several windows of one account are told apart by it. */
            console: string;
            record?: components["schemas"]["ViewedRecord"] | null;
        };
        /** @description An honest range, from this queue's own recent waits. */
        WaitEstimate: {
            /**
             * Format: int64
             * @description Half waited no longer.
             */
            p50_seconds: number;
            /**
             * Format: int64
             * @description Four of five waited no longer.
             */
            p80_seconds: number;
        };
        /** @description The wait of a queued consultation. */
        Waiting: {
            /** @description Whether it waits again because who led it has lost the connection. */
            came_back: boolean;
            estimate: components["schemas"]["WaitEstimate"] | null;
            /**
             * Format: int32
             * @description 1 is next.
             */
            place: number;
        };
        /** @description The desk at one glance. */
        Wallboard: {
            /** @description When it was so. */
            at: components["schemas"]["Time"];
            /**
             * Format: int32
             * @description Calls that go on.
             */
            calls: number;
            /** @description Every status, also such that nobody is in. */
            operators: components["schemas"]["StatusCount"][];
            /** @description In the order of the brand's configuration. */
            queues: components["schemas"]["WallboardQueue"][];
            /** @description Today so far. */
            today: components["schemas"]["ReportFigures"];
        };
        /** @description A queue now, and today so far. */
        WallboardQueue: {
            /** @description The queue with its load. */
            queue: components["schemas"]["Queue"];
            /** @description Today so far. */
            today: components["schemas"]["ReportFigures"];
        };
        /** @description `PATCH /webhooks/{id}` */
        WebhookChange: {
            /** @description What it is for. */
            description?: string | null;
            /** @description Which events. */
            events?: components["schemas"]["WebhookEventType"][] | null;
            /** @description What is personal and is told too. */
            fields?: components["schemas"]["WebhookField"][] | null;
            /** @description Whether it is told anything. */
            on?: boolean | null;
            /** @description Where to. */
            url?: string | null;
        };
        /** @description `event: webhook` of the stream */
        WebhookChanged: {
            /** @description The endpoint that changed: supervisors load the list anew. */
            endpoint_id: string;
        };
        /** @description An event on its way to an endpoint. */
        WebhookDelivery: {
            /** @description When. */
            at: components["schemas"]["Time"];
            /**
             * Format: int64
             * @description How often it was tried.
             */
            attempts: number;
            /** @description What is told, without personal fields. */
            data: Record<string, never>;
            failure: components["schemas"]["WebhookFailure"] | null;
            /** @description `webhook-id` of the event: the same however often it is sent. */
            id: string;
            last_attempt_at: components["schemas"]["Time"] | null;
            /**
             * Format: int64
             * @description How long the last answer took. Unit: milliseconds.
             */
            latency_ms: number | null;
            next_attempt_at: components["schemas"]["Time"] | null;
            /**
             * Format: int64
             * @description HTTP status of the last answer.
             */
            response_status: number | null;
            /** @description Where it stands. */
            state: components["schemas"]["WebhookDeliveryState"];
            /** @description What happened. */
            type: components["schemas"]["WebhookEventType"];
        };
        /**
         * @description Where a delivery stands.
         * @enum {string}
         */
        WebhookDeliveryState: "waiting" | "delivered" | "dead";
        /** @description Where the desk's events are told. */
        WebhookEndpoint: {
            /** @description When it was made. */
            created_at: components["schemas"]["Time"];
            /**
             * Format: int64
             * @description Deliveries that were given up, of those that are kept.
             */
            dead: number;
            /** @description What it is for. */
            description: string;
            /** @description Which. */
            events: components["schemas"]["WebhookEventType"][];
            failing_since: components["schemas"]["Time"] | null;
            /** @description What is personal and is told too. */
            fields: components["schemas"]["WebhookField"][];
            former_secret_until: components["schemas"]["Time"] | null;
            /** @description Id. */
            id: string;
            off_reason: components["schemas"]["WebhookOffReason"] | null;
            /** @description Whether it is told anything. */
            on: boolean;
            /** @description Where they are sent. */
            url: string;
            /**
             * Format: int64
             * @description Deliveries that are not over.
             */
            waiting: number;
        };
        /**
         * @description What happened.
         * @enum {string}
         */
        WebhookEventType: "consultation.requested" | "consultation.queued" | "consultation.offered" | "consultation.passed" | "consultation.offer_lapsed" | "consultation.taken" | "consultation.transferred" | "consultation.returned" | "consultation.held" | "consultation.resumed" | "consultation.closed" | "consultation.cancelled" | "consultation.abandoned" | "consultation.reopened" | "consultation.wait_warning" | "consultation.wait_broken" | "consultation.response_warning" | "consultation.response_broken" | "consultation.resolution_warning" | "consultation.resolution_broken" | "consultation.person_corrected" | "consultation.rated" | "consultation.tagged" | "consultation.untagged" | "consultation.fields_changed" | "consultation.erased" | "consultation.assigned" | "consultation.moved" | "consultation.raised" | "consultation.lowered" | "consultation.taken_over" | "consultation.answers_changed" | "consultation.silence_warned" | "participant.joined" | "participant.left" | "queue_invitation.made" | "queue_invitation.accepted" | "queue_invitation.refused" | "queue_invitation.declined" | "queue_invitation.expired" | "queue_invitation.taken_back" | "queue_invitation.over" | "conclusion.signed" | "conclusion.amended" | "note.written" | "note.edited" | "note.deleted" | "call.started" | "call.answered" | "call.ended" | "callback.ordered" | "callback.taken" | "callback.released" | "callback.called" | "callback.telephoned" | "callback.not_answered" | "callback.put_off" | "callback.moved" | "callback.finished" | "callback.cancelled" | "callback.overdue" | "follow_up.made" | "follow_up.changed" | "follow_up.put_off" | "follow_up.handed" | "follow_up.handed_on" | "follow_up.due" | "follow_up.done" | "follow_up.cancelled" | "follow_up.message_sent" | "follow_up.message_failed" | "rule.alarmed" | "consent.given" | "consent.withdrawn" | "hold.placed" | "hold.lifted" | "patient.created" | "patient.changed" | "patient.merged" | "patient.unmerged" | "patient.deleted" | "operator.status_changed" | "webhook.test";
        /**
         * @description Why an attempt failed.
         * @enum {string}
         */
        WebhookFailure: "status" | "gone" | "redirect" | "timeout" | "connection" | "address" | "backlog";
        /**
         * @description What is personal and stands in an event only where the endpoint asks for it. Nothing of a conversation is among it.
         * @enum {string}
         */
        WebhookField: "patient.name" | "patient.phone" | "patient.email" | "patient.birth_date";
        /**
         * @description Why an endpoint is told nothing.
         * @enum {string}
         */
        WebhookOffReason: "supervisor" | "failing" | "gone";
        /** @description `POST /webhooks/{id}/replay` */
        WebhookReplay: {
            /** @description Events at or after. */
            from: components["schemas"]["Time"];
            /** @description Which of them. Default: `missed`. */
            only?: components["schemas"]["WebhookReplayOnly"];
            /** @description Events before. */
            to: components["schemas"]["Time"];
        };
        /** @description What a replay began. */
        WebhookReplayed: {
            /**
             * Format: int64
             * @description Deliveries that are sent again.
             */
            deliveries: number;
            /** @description Whether there are more: ask again when these are through. */
            more: boolean;
        };
        /**
         * @description What is sent again.
         * @enum {string}
         */
        WebhookReplayOnly: "missed" | "all";
        /** @description All endpoints. */
        Webhooks: {
            /** @description Oldest first. */
            endpoints: components["schemas"]["WebhookEndpoint"][];
            /** @description The events that can be chosen. */
            event_types: components["schemas"]["WebhookEventType"][];
            /** @description The personal fields that can be chosen. */
            field_types: components["schemas"]["WebhookField"][];
        };
        /** @description An endpoint with a secret that was just made. It is shown this once. */
        WebhookSecret: {
            /** @description The endpoint. */
            endpoint: components["schemas"]["WebhookEndpoint"];
            /** @description `whsec_` and base64: the key of the signatures. */
            secret: string;
        };
        /** @description A test that is on its way. */
        WebhookTested: {
            /** @description Its `webhook-id`: what became of it stands in the log. */
            id: string;
        };
        /**
         * @description A day of the week.
         * @enum {string}
         */
        Weekday: "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday";
        /** @description When the operators of a queue work. */
        WorkingHours: {
            /** @description Whether it works now. */
            open: boolean;
            opens_at: components["schemas"]["Time"] | null;
            /** @description The time zone (IANA) which its hours are written in. */
            time_zone: string;
            /** @description The working times that have not passed, of today and the seven days after it, in order and without overlaps; null: at all times. */
            times: components["schemas"]["CallbackWindow"][] | null;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
};
export type $defs = Record<string, never>;
export interface operations {
    list_api_keys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeys"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_api_key: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewApiKey"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeySecret"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revoke_api_key: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ApiKeyId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKey"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_api_key: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ApiKeyId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApiKeyChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKey"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_archive: {
        parameters: {
            query?: {
                /** @description Only those with a signed conclusion, or without. */
                conclusion?: boolean;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description Sealed in the last so many days, 1 to 3660; instead of `from` and `to`. */
                days?: number;
                /** @description Those with this in a field of the brand's own, such as `occasion:first`: the code of a `choice`, `yes` or `no` of a `boolean`. */
                field?: string;
                /** @description Only those with files, or without; together with `patient`. */
                files?: boolean;
                /** @description Sealed at or after. */
                from?: components["schemas"]["Time"];
                /** @description Only those that a legal hold is on, or not. */
                held?: boolean;
                /** @description Rows wanted, 1 to 200. Default: 50. */
                limit?: number;
                /** @description Only those that this operator took part in. */
                operator?: components["schemas"]["OperatorId"];
                /** @description Only this patient's. */
                patient?: components["schemas"]["PatientId"];
                /** @description Part of the patient's name, or of a person's whom he acts for. */
                q?: string;
                /** @description Only this queue. */
                queue?: components["schemas"]["QueueId"];
                /** @description Default: `newest`. */
                sort?: components["schemas"]["ArchiveSort"];
                /** @description Only those that their patients gave at most so many stars, 1 to 5. */
                stars_max?: number;
                /** @description Only those with this tag. */
                tag?: components["schemas"]["TagId"];
                /** @description Sealed before. */
                to?: components["schemas"]["Time"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_ArchiveRow"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_archive: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                consultation_id: components["schemas"]["ConsultationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ArchiveRecord"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    erasure_certificate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                consultation_id: components["schemas"]["ConsultationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErasureCertificate"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    erase_record: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                consultation_id: components["schemas"]["ConsultationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EraseRecord"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErasureCertificate"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_due: {
        parameters: {
            query?: {
                /** @description Only of this class. */
                class?: string;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description In how many days, 1 to 366. Default: 1. */
                days?: number;
                /** @description Rows wanted, 1 to 200. Default: 50. */
                limit?: number;
                /** @description Only of this queue. */
                queue?: components["schemas"]["QueueId"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DuePage"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    search_archive: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ArchiveSearch"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ArchiveHits"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_audit: {
        parameters: {
            query?: {
                /** @description The act, such as `archive.read`. */
                action?: string;
                /** @description Matrix user id of who acted. */
                actor?: string;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description Done then or later. */
                from?: components["schemas"]["Time"];
                /** @description Rows wanted, 1 to 200. Default: 50. */
                limit?: number;
                /** @description Id of what was acted on. */
                subject?: string;
                /** @description Done before. */
                to?: components["schemas"]["Time"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_AuditEntry"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    audit_proof: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditProof"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    prove_audit: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditProof"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_callbacks: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description Of what is open: only those that are due so soon; instead of `overdue` and `due_before`. */
                due?: components["schemas"]["CallbackDue"];
                /** @description Only those that have to have been called before. */
                due_before?: components["schemas"]["Time"];
                /** @description Rows wanted, 1 to 200. Default: 50. */
                limit?: number;
                /** @description Only those that this operator has or had last. */
                operator?: components["schemas"]["OperatorId"];
                /** @description Only those that came out so; of the views `ended` and `all`. */
                outcome?: components["schemas"]["CallbackOutcome"];
                /** @description Only those that are overdue, or that are not. */
                overdue?: boolean;
                /** @description Only this patient's. */
                patient?: components["schemas"]["PatientId"];
                /** @description Only in this phase. */
                phase?: components["schemas"]["CallbackPhase"];
                /** @description Part of the patient's name, or a telephone number. */
                q?: string;
                /** @description Only of this queue. */
                queue?: components["schemas"]["QueueId"];
                /** @description Default: `due` for what is open, else `newest`. */
                sort?: components["schemas"]["CallbackSort"];
                /** @description Only those that were ordered so. */
                source?: components["schemas"]["CallbackSource"];
                /** @description Staff only. */
                view?: components["schemas"]["CallbackView"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallbackPage"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    order_callback: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewCallback"];
            };
        };
        responses: {
            /** @description Ordered before */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Callback"];
                };
            };
            /** @description Ordered now */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Callback"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_callback: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["CallbackId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OneCallback"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    callback_again_later: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["CallbackId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AgainLaterRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallbackDetail"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    call_back: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["CallbackId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewCallbackCall"];
            };
        };
        responses: {
            /** @description Was open already */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JoinedCall"];
                };
            };
            /** @description Rings now */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JoinedCall"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancel_callback: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["CallbackId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CallbackNote"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OneCallback"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    consult_on_callback: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["CallbackId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsultationDetail"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    finish_callback: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["CallbackId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FinishCallback"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallbackDetail"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    move_callback: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["CallbackId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MoveCallback"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Callback"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    callback_not_answered: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["CallbackId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NoAnswerRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallbackDetail"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    note_on_callback: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["CallbackId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewCallbackNote"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallbackDetail"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    callback_record: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["CallbackId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallbackRecord"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    release_callback: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["CallbackId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CallbackNote"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallbackDetail"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    take_callback: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["CallbackId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallbackDetail"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    telephone_callback: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["CallbackId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallbackDetail"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_calls: {
        parameters: {
            query?: {
                /** @description Only those that this side began. */
                caller_side?: components["schemas"]["CallSide"];
                /** @description Only of this consultation. */
                consultation?: components["schemas"]["ConsultationId"];
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description Begun in the last so many days, 1 to 3660; instead of `from` and `to`. */
                days?: number;
                /** @description Begun at or after. */
                from?: components["schemas"]["Time"];
                /** @description Only those of this kind, as the caller asked. */
                kind?: components["schemas"]["CallKind"];
                /** @description Rows wanted, 1 to 200. Default: 50. */
                limit?: number;
                /** @description Only those that have not ended, or that have. */
                open?: boolean;
                /** @description Only those that this operator made or was in. */
                operator?: components["schemas"]["OperatorId"];
                /** @description Only those that ended so. */
                outcome?: components["schemas"]["CallOutcome"];
                /** @description Only this patient's. */
                patient?: components["schemas"]["PatientId"];
                /** @description Only of this queue: their consultation's, or that of the call-back that they were made for. */
                queue?: components["schemas"]["QueueId"];
                /** @description Begun before. */
                to?: components["schemas"]["Time"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallPage"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_call: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["CallId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OneCall"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    answer_call: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["CallId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["JoinCall"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JoinedCall"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancel_call: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["CallId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Call"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    decline_call: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["CallId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeclineCall"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Call"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    hang_up_call: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["CallId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Call"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    call_quality: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["CallId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallQualities"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    report_call_quality: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["CallId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["QualityReport"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    stand_by: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["CallId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["JoinCall"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JoinedCall"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    call_token: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["CallId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["JoinCall"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JoinedCall"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    call_availability: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallAvailability"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_canned: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CannedReplies"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_canned: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewCanned"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Canned"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_canned: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["CannedId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CannedChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Canned"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    remove_canned: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["CannedId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    canned_versions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["CannedId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CannedVersions"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    checklist: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Checklist"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    mark_checklist: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                item: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Checklist"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    unmark_checklist: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                item: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Checklist"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_consultations: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description Staff only: those with this in a field of the brand's own, such as `occasion:first`: the code of a `choice`, `yes` or `no` of a `boolean`. */
                field?: string;
                /** @description Asked for at or after. */
                from?: components["schemas"]["Time"];
                /** @description Of a view of what is open: only those whose patient speaks this language of the brand. */
                language?: string;
                /** @description Rows wanted, 1 to 200. Default: 50. */
                limit?: number;
                /** @description Only those that this operator leads or led last. */
                operator?: components["schemas"]["OperatorId"];
                /** @description Only this patient's. */
                patient?: components["schemas"]["PatientId"];
                /** @description Only those about this person whom a patient acts for; `self`: only those about the patient himself, for staff together with `patient`. */
                person?: components["schemas"]["PersonId"];
                /** @description Only in this phase; it has to be one of the view. */
                phase?: components["schemas"]["Phase"];
                /** @description Part of the patient's name, or of a person's whom he acts for. */
                q?: string;
                /** @description Only this queue. */
                queue?: components["schemas"]["QueueId"];
                /** @description Of a view of what is open: only those with a red flag among the patient's answers, or without. */
                red_flag?: boolean;
                /** @description Of a view of what is open: only those of which a promise stands so. */
                sla?: components["schemas"]["SlaFilter"];
                /** @description Default: `waiting` for the view `waiting`, else `newest`. */
                sort?: components["schemas"]["ConsultationSort"];
                /** @description Staff only: those with this tag. */
                tag?: components["schemas"]["TagId"];
                /** @description Asked for before. */
                to?: components["schemas"]["Time"];
                /** @description Of a view of what is open: only those whose patient waits for an answer, or does not. */
                unanswered?: boolean;
                /** @description Of a view of what is open: only those with a raised priority, or without. */
                urgent?: boolean;
                /** @description Staff only. */
                view?: components["schemas"]["ConsultationView"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsultationPage"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    request_consultation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewConsultation"];
            };
        };
        responses: {
            /** @description Asked before */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Consultation"];
                };
            };
            /** @description Queued now */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Consultation"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_consultation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ConsultationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OneConsultation"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    own_answers: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ConsultationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnAnswers"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_answers: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ConsultationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeAnswers"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnAnswers"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    start_call: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ConsultationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewCall"];
            };
        };
        responses: {
            /** @description Was open already */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JoinedCall"];
                };
            };
            /** @description Rings now */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JoinedCall"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ConsultationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Consultation"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    close: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ConsultationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CloseRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsultationDetail"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    amend_conclusion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ConsultationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AmendConclusion"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConclusionDraft"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    conclusion_draft: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ConsultationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConclusionDraft"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    save_conclusion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ConsultationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SaveConclusion"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConclusionDraft"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    conclusion_pdf: {
        parameters: {
            query?: {
                /** @description The signed version; the last one where none is named. */
                version?: number;
            };
            header?: never;
            path: {
                id: components["schemas"]["ConsultationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": number[];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    conclusion_preview: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ConsultationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": number[];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sign_conclusion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ConsultationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignConclusion"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConclusionDraft"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    conclusion_versions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ConsultationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConclusionVersions"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    check_devices: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ConsultationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewDeviceCheck"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeviceCheck"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    consultation_fhir: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ConsultationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/fhir+json": number[];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_consultation_fields: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ConsultationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConsultationFieldsChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsultationDetail"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    hold: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ConsultationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HoldRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsultationDetail"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    run_macro: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ConsultationId"];
                macro_id: components["schemas"]["MacroId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RunMacro"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsultationDetail"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    check_macro: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ConsultationId"];
                macro_id: components["schemas"]["MacroId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RunMacro"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    invite: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ConsultationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InviteRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsultationDetail"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    dismiss: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ConsultationId"];
                operator_id: components["schemas"]["OperatorId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsultationDetail"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    pass: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ConsultationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsultationDetail"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    correct_person: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ConsultationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CorrectPerson"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsultationDetail"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_queue_invitations: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ConsultationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QueueInvitations"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ask_queue: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ConsultationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewQueueInvitation"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QueueInvitation"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    take_back_queue_invitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ConsultationId"];
                invitation_id: components["schemas"]["QueueInvitationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QueueInvitation"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    consultation_rating: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ConsultationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rating"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rate_consultation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ConsultationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RateConsultation"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rating"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resume: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ConsultationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsultationDetail"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    add_tag: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ConsultationId"];
                tag_id: components["schemas"]["TagId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsultationDetail"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    remove_tag: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ConsultationId"];
                tag_id: components["schemas"]["TagId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsultationDetail"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    take: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ConsultationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsultationDetail"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    take_over: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ConsultationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TakeOverRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsultationDetail"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    transfer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ConsultationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TransferRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsultationDetail"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    act_on_several: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BulkRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkRows"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_consultations: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExportConsultations"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExportedRows"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_conversations: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Conversations"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ask_history_keys: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HistoryKeys"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_notes: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description Rows wanted, 1 to 200. Default: 50. */
                limit?: number;
            };
            header?: never;
            path: {
                id: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_Note"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    write_note: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewNote"];
            };
        };
        responses: {
            /** @description Written before */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Note"];
                };
            };
            /** @description Written now */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Note"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    demo: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Demo"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    remove_demo: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RemoveDemo"];
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Demo"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    doctor_report: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoctorReport"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    examine: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoctorReport"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    stream: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the last event that was seen */
                "Last-Event-ID"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_fields: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomFields"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    keep_desk_file: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewDeskFile"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeskFile"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_desk_file: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["DeskFileId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": number[];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_follow_ups: {
        parameters: {
            query?: {
                /** @description Only this consultation's. */
                consultation?: components["schemas"]["ConsultationId"];
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description Only those whose time has come, or has not. */
                due?: boolean;
                /** @description Rows wanted, 1 to 200. Default: 50. */
                limit?: number;
                /** @description Only this operator's own. */
                operator?: components["schemas"]["OperatorId"];
                /** @description Only this patient's. */
                patient?: components["schemas"]["PatientId"];
                /** @description Only of this queue. */
                queue?: components["schemas"]["QueueId"];
                /** @description Default: `mine`. */
                view?: components["schemas"]["FollowUpView"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_FollowUp"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    make_follow_up: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewFollowUp"];
            };
        };
        responses: {
            /** @description Made before */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FollowUp"];
                };
            };
            /** @description Made now */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FollowUp"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_follow_up: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["FollowUpId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FollowUp"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_follow_up: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["FollowUpId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FollowUpChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FollowUp"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancel_follow_up: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["FollowUpId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EndFollowUp"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FollowUp"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    do_follow_up: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["FollowUpId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EndFollowUp"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FollowUp"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    follow_up_message: {
        parameters: {
            query: {
                /** @description About which of his consultations; left out: about him. */
                consultation_id?: components["schemas"]["ConsultationId"];
                /** @description To whom. */
                patient_id: components["schemas"]["PatientId"];
                /** @description Left out: that of the consultation, else of the patient's last one. */
                queue_id?: components["schemas"]["QueueId"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FollowUpWords"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_holds: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description Rows wanted, 1 to 200. Default: 50. */
                limit?: number;
                /** @description Only this patient's. */
                patient?: components["schemas"]["PatientId"];
                /** @description Which. Default: `active`. */
                view?: components["schemas"]["HoldView"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_LegalHold"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    place_hold: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewHold"];
            };
        };
        responses: {
            /** @description It was placed before. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LegalHold"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LegalHold"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    lift_hold: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["HoldId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LiftHold"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LegalHold"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_macros: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Macros"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_macro: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MacroContent"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Macro"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_macro: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["MacroId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MacroChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Macro"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OwnChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    backup_secret: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BackupSecretRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BackupSecret"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    take_backup_secret: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Custody"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    my_consents: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Consents"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    give_consent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                purpose: components["schemas"]["ConsentPurpose"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GiveConsent"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Consent"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    withdraw_consent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                purpose: components["schemas"]["ConsentPurpose"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Consents"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    my_deletion: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deletion"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeleteAccount"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deletion"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_me: {
        parameters: {
            query?: {
                /** @description BCP 47 tag; absent: as `Accept-Language` says. */
                language?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/zip": number[];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    my_persons: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Persons"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    add_person: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPerson"];
            };
        };
        responses: {
            /** @description Added before */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Person"];
                };
            };
            /** @description Added now */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Person"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    remove_person: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["PersonId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Persons"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_person: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["PersonId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PersonChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Person"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    my_persons_consents: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["PersonId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Consents"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    give_persons_consent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["PersonId"];
                purpose: components["schemas"]["ConsentPurpose"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GiveConsent"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Consent"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    withdraw_persons_consent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["PersonId"];
                purpose: components["schemas"]["ConsentPurpose"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Consents"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    join_rehearsal: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["JoinRehearsal"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RehearsalJoined"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_mentions: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description Rows wanted, 1 to 200. Default: 50. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MentionPage"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    see_mention: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["MentionId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Mention"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    separate_patients: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["MergeId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SeparateMerge"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PatientMerge"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_note: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["NoteId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Note"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_note: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["NoteId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NoteChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Note"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    note_versions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["NoteId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NoteVersions"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_operators: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Operators"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_operator: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewOperator"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Operator"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_operator: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["OperatorId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OperatorChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Operator"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    approve_identity: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["OperatorId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Operator"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    operator_history: {
        parameters: {
            query?: {
                /** @description Only versions older than this one. */
                before?: number;
            };
            header?: never;
            path: {
                id: components["schemas"]["OperatorId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettingsHistory"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    restore_operator: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["OperatorId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OperatorRestore"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Operator"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    status_history: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description Rows wanted, 1 to 200. Default: 50. */
                limit?: number;
            };
            header?: never;
            path: {
                id: components["schemas"]["OperatorId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_StatusPeriod"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    heartbeat: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Operator"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    leaving: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Leaving"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    my_queue_invitations: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QueueInvitations"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    returned: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReturnedConsultations"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    set_status: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StatusChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Operator"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    wrapped_up: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Operator"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_patients: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description Only who had a consultation in the last so many days, 1 to 3660. */
                days?: number;
                /** @description The one whom a partner's system knows by this number. Then `q` does not count. */
                external_id?: string;
                /** @description Those with this in a field of the brand's own, such as `branch:river`: the code of a `choice`, `yes` or `no` of a `boolean`. */
                field?: string;
                /** @description Rows wanted, 1 to 200. Default: 50. */
                limit?: number;
                /** @description Part of the name, or of a person's whom he acts for; or a whole phone number or e-mail address. */
                q?: string;
                /** @description Only of this sex, as the card says. */
                sex?: components["schemas"]["Sex"];
                /** @description Default: `name`; with `q` the best match first. */
                sort?: components["schemas"]["PatientSort"];
                /** @description The one with this account: a Matrix user id, or the name that he signs in with. Then no other filter counts. */
                user?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PatientPage"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    make_patient: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPatient"];
            };
        };
        responses: {
            /** @description He was there already. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PatientMade"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PatientMade"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_patient: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["PatientId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OnePatient"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_patient: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["PatientId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PatientChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OnePatient"];
                };
            };
            /** @description Changed, by a key that lacks `patients:read` */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    open_callback: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same for each retry of a request; its first answer is kept for 24 hours */
                "Idempotency-Key"?: string | null;
            };
            path: {
                id: components["schemas"]["PatientId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OpenCallback"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PartnerCallback"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patient_consents: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["PatientId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsentHistory"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    open_consultation: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same for each retry of a request; its first answer is kept for 24 hours */
                "Idempotency-Key"?: string | null;
            };
            path: {
                id: components["schemas"]["PatientId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OpenConsultation"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PartnerConsultation"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patient_deletion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["PatientId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deletion"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_patient: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["PatientId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeletePatient"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deletion"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    dismiss_duplicate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["PatientId"];
                other_id: components["schemas"]["PatientId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PatientDuplicates"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    restore_duplicate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["PatientId"];
                other_id: components["schemas"]["PatientId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PatientDuplicates"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_patient: {
        parameters: {
            query?: {
                /** @description BCP 47 tag; absent: as `Accept-Language` says. */
                language?: string;
            };
            header?: never;
            path: {
                id: components["schemas"]["PatientId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/zip": number[];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patient_invitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["PatientId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PatientInvitations"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    renew_invitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["PatientId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RenewInvitation"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PatientInvitation"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    take_back_invitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["PatientId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PatientInvitations"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patient_merges: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["PatientId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PatientMerges"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    merge_patients: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["PatientId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewMerge"];
            };
        };
        responses: {
            /** @description The same press had merged them. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PatientMerge"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PatientMerge"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    preview_merge: {
        parameters: {
            query: {
                /** @description The card that would be shown on this one. */
                with: components["schemas"]["PatientId"];
            };
            header?: never;
            path: {
                id: components["schemas"]["PatientId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MergePreview"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_patient_notes: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description Rows wanted, 1 to 200. Default: 50. */
                limit?: number;
            };
            header?: never;
            path: {
                id: components["schemas"]["PatientId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_Note"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    person_card: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["PatientId"];
                person_id: components["schemas"]["PersonId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonCard"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    person_consents: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["PatientId"];
                person_id: components["schemas"]["PersonId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsentHistory"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patient_sign_ins: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["PatientId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignIns"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sign_out_patient: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["PatientId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignOutPatient"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignIns"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    check_patient: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CheckPatient"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PatientCheck"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_patients: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExportPatients"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExportedRows"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    order_public_callback: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PublicCallback"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PublicCallbackOrdered"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    callback_challenge: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallbackChallenge"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    open_invitation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OpenInvitation"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvitationGreeting"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    accept_invitation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AcceptInvitation"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvitationAccepted"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rehearsal_opened: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    accept_queue_invitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["QueueInvitationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsultationDetail"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    decline_queue_invitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["QueueInvitationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QueueInvitation"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    see_queue_invitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["QueueInvitationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QueueInvitation"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_queues: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Queues"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    queue_hours: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["QueueId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QueueHours"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rehearsal: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RehearsalState"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    begin_rehearsal: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RehearsalState"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    end_rehearsal: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RehearsalState"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    skip_rehearsal: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RehearsalState"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    consultation_report: {
        parameters: {
            query: {
                /** @description First day, in the clinic's time zone; where one queue is asked about, in that queue's. */
                from: string;
                /** @description Default: `day`. */
                group?: components["schemas"]["ReportGroup"];
                /** @description Only what this operator leads or led last. */
                operator?: components["schemas"]["OperatorId"];
                /** @description Only this queue. */
                queue?: components["schemas"]["QueueId"];
                /** @description Last day, itself within. */
                to: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Report"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    consultation_report_csv: {
        parameters: {
            query: {
                /** @description First day, in the clinic's time zone; where one queue is asked about, in that queue's. */
                from: string;
                /** @description Default: `day`. */
                group?: components["schemas"]["ReportGroup"];
                /** @description Only what this operator leads or led last. */
                operator?: components["schemas"]["OperatorId"];
                /** @description Only this queue. */
                queue?: components["schemas"]["QueueId"];
                /** @description Last day, itself within. */
                to: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    behind_report: {
        parameters: {
            query: {
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description Default: `entered`. */
                figure?: components["schemas"]["ReportFigure"];
                /** @description First day, in the time zone of the report. */
                from: string;
                /** @description How the report was grouped. Default: `day`. */
                group?: components["schemas"]["ReportGroup"];
                /** @description Key of the row in that report, empty for what nobody led; without it the whole period. */
                key?: string;
                /** @description Rows wanted, 1 to 200. Default: 50. */
                limit?: number;
                /** @description Only what this operator leads or led last. */
                operator?: components["schemas"]["OperatorId"];
                /** @description Only this queue. */
                queue?: components["schemas"]["QueueId"];
                /** @description Last day, itself within. */
                to: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportBehind"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    wallboard: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Wallboard"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_rule_runs: {
        parameters: {
            query?: {
                /** @description Only on this consultation. */
                consultation_id?: components["schemas"]["ConsultationId"];
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description Rows wanted, 1 to 200. Default: 50. */
                limit?: number;
                /** @description Only alarms that nobody has taken note of. Default: false. */
                open_alarms?: boolean;
                /** @description Only of this rule. */
                rule_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_RuleRun"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    see_rule_alarm: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["RuleRunId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RuleRun"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    try_rule: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RuleTry"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RuleTried"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_services: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Services"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_settings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Settings"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_settings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                section: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettingsDocument"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_settings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                section: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SettingsChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettingsDocument"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    check_settings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                section: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SettingsTry"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettingsChecked"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    settings_history: {
        parameters: {
            query?: {
                /** @description Only versions older than this one. */
                before?: number;
            };
            header?: never;
            path: {
                section: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettingsHistory"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    restore_settings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                section: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SettingsRestore"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettingsDocument"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_settings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/toml": string;
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_statuses: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatusKinds"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_tags: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tags"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_tag: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewTag"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tag"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_tag: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["TagId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TagChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tag"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    arrange_views: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SavedViewArrangement"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedViews"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    say_viewing: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ViewingRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Viewers"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_views: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedViews"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_view: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewSavedView"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedView"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_view: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["SavedViewId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SavedViewChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedView"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_webhooks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhooks"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_webhook: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewWebhook"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookSecret"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    remove_webhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_webhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpoint"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_webhook_deliveries: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description Rows wanted, 1 to 200. Default: 50. */
                limit?: number;
                /** @description Only those that stand there. */
                state?: components["schemas"]["WebhookDeliveryState"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_WebhookDelivery"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replay_webhook_delivery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                event_id: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replay_webhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookReplay"];
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookReplayed"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replace_webhook_secret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookSecret"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    test_webhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookTested"];
                };
            };
            /** @description A problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
