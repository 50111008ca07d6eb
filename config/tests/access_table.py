"""Who gets what at every address: the one table that `test_access.py` walks and a person reads.

A row is the name of an address and the method. A column is a person; everybody with a role in a settlement holds it
in Urtam. A cell is the answer when the address is about Urtam's things: 200 the page, 302 done (or led on), 403 yours
but not allowed, 404 does not exist for you. `strange` is the answer to the same people about things outside their
reach: a number is given to each who is signed in, `same` means that nothing in the address belongs to a body, `form`
that the page of those who may comes back with a sentence, `refused` the same under 400, `named` that the form names
things: those who may send it at all find none of them.
"""

from typing import NamedTuple

WALKED = """
                                 visit nobody admin coord urtam_coord editor moder observ head strange
registry:account_list       GET  200   200    200   200   200         200    200   200    200  same
registry:account_csv        GET  200   200    200   200   200         200    200   200    200  same
registry:account_xlsx       GET  200   200    200   200   200         200    200   200    200  same
registry:account_json       GET  200   200    200   200   200         200    200   200    200  same
registry:account_ndjson     GET  200   200    200   200   200         200    200   200    200  same
registry:account_detail     GET  200   200    200   200   200         200    200   200    200  same
registry:account_detail*    GET  404   404    200   200   200         200    200   200    200  404
registry:account_manage     GET  302   403    200   200   200         200    200   200    200  same
registry:account_create     GET  302   403    200   200   200         200    403   403    403  same
registry:account_create     POST 302   403    302   302   302         302    403   403    403  refused
registry:account_edit       GET  302   404    200   200   200         200    403   403    403  404
registry:account_edit       POST 302   404    302   302   302         302    403   403    403  404
registry:account_suspend    GET  302   404    200   200   200         200    403   403    403  404
registry:account_suspend    POST 302   404    302   302   302         302    403   403    403  404
registry:account_archive    GET  302   404    200   200   200         200    403   403    403  404
registry:account_archive    POST 302   404    302   302   302         302    403   403    403  404
registry:account_resume     GET  302   404    302   302   302         302    403   403    403  404
registry:account_resume     POST 302   404    302   302   302         302    403   403    403  404
registry:proposal_list      GET  302   403    200   200   200         200    200   200    200  same
registry:proposal_detail    GET  302   404    200   200   200         200    200   200    200  404
registry:proposal_accept    POST 302   404    302   302   302         403    403   403    403  404
registry:proposal_reject    GET  302   404    200   200   200         403    403   403    403  404
registry:proposal_reject    POST 302   404    302   302   302         403    403   403    403  404
registry:proposal_withdraw  POST 302   404    403   403   403         403    403   403    403  404
registry:own_act_list       GET  302   403    200   200   200         200    200   200    200  same
registry:own_act_detail     GET  302   404    200   200   200         200    200   200    200  404
registry:own_act_detail     POST 302   404    302   302   302         302    403   403    403  404
registry:own_act_draft      GET  302   404    200   200   200         200    200   200    200  404
registry:security_list      GET  302  403    200   200   200         200    403   403    403  same
registry:security_detail    GET  302  404    200   200   200         200    404   404    404  404
registry:security_answer    GET  302  404    200   200   200         200    404   404    404  404
registry:security_answer    POST 302  404    302   302   302         302    404   404    404  404
registry:account_lost       GET  302  404    200   200   200         200    404   404    404  404
registry:account_lost       POST 302  404    302   302   302         302    404   404    404  404
registry:lost_guide         GET  302  404    200   200   200         200    404   404    404  404
registry:holder_create      GET  302  404    200   200   200         200    404   404    404  404
registry:holder_create      POST 302  404    302   302   302         302    404   404    404  404
registry:holder_end         GET  302  404    200   200   200         200    404   404    404  404
registry:holder_end         POST 302  404    302   302   302         302    404   404    404  404
registry:handover_create    GET  302  404    200   200   200         200    404   404    404  404
registry:handover_create    POST 302  404    302   302   302         302    404   404    404  404
registry:handover_detail    GET  302  404    200   200   200         200    404   404    404  404
registry:handover_act       GET  302  404    200   200   200         200    404   404    404  404
registry:handover_done      POST 302  404    302   302   302         302    404   404    404  404
registry:own_act_file       POST 302   404    302   302   302         302    403   403    403  404
registry:legal_act_list     GET  302   403    200   200   200         200    200   200    200  same
registry:legal_act_create   GET  302   403    200   200   200         403    403   403    403  same
registry:legal_act_create   POST 302   403    302   302   302         403    403   403    403  form
registry:legal_act_edit     GET  302   404    200   200   200         403    403   403    403  404
registry:legal_act_edit     POST 302   404    302   302   302         403    403   403    403  404
registry:legal_act_file     POST 302   404    302   302   302         403    403   403    403  404
registry:act_file           GET  200   200    200   200   200         200    200   200    200  same
registry:act_file*          GET  404   404    200   200   200         200    200   200    200  404
registry:act_file_remove    POST 302   404    302   302   302         403    403   403    403  404
registry:account_verify     POST 302   404    302   302   302         403    403   403    403  404
registry:account_trust      GET  302   404    200   200   200         403    403   403    403  404
registry:account_trust      POST 302   404    302   302   302         403    403   403    403  404
registry:account_sign       GET  200   200    200   200   200         200    200   200    200  same
registry:account_code       GET  200   200    200   200   200         200    200   200    200  same
registry:opendata_list      GET  200   200    200   200   200         200    200   200    200  same
registry:opendata_terms     GET  200   200    200   200   200         200    200   200    200  same
registry:opendata_register  GET  200   200    200   200   200         200    200   200    200  same
registry:opendata_passport  GET  200   200    200   200   200         200    200   200    200  same
registry:opendata_file      GET  200   200    200   200   200         200    200   200    200  same
registry:widget             GET  200   200    200   200   200         200    200   200    200  same
registry:widget_script      GET  200   200    200   200   200         200    200   200    200  same
registry:widget_data        GET  200   200    200   200   200         200    200   200    200  same
registry:widget_frame       GET  200   200    200   200   200         200    200   200    200  same
registry:check              GET  200   200    200   200   200         200    200   200    200  same
registry:account_named      GET  301   301    301   301   301         301    301   301    301  same
registry:change_list        GET  200   200    200   200   200         200    200   200    200  same
registry:change_atom        GET  200   200    200   200   200         200    200   200    200  same
registry:change_rss         GET  200   200    200   200   200         200    200   200    200  same
registry:check_code         GET  200   200    200   200   200         200    200   200    200  same
registry:robots             GET  200   200    200   200   200         200    200   200    200  same
registry:sitemap            GET  200   200    200   200   200         200    200   200    200  same
registry:sitemap_section    GET  200   200    200   200   200         200    200   200    200  same
registry:fake_list          GET  200   200    200   200   200         200    200   200    200  same
registry:fake_report        GET  200   200    200   200   200         200    200   200    200  same
registry:fake_report        POST 302   302    302   302   302         302    302   302    302  same
registry:fake_thanks        GET  200   200    200   200   200         200    200   200    200  same
registry:fake_edit          GET  302   404    200   200   200         403    403   403    403  404
registry:fake_edit          POST 302   404    302   302   302         403    403   403    403  404
registry:import_create      GET  302   403    200   200   200         403    403   403    403  same
registry:import_create      POST 302   403    302   302   302         403    403   403    403  same
registry:import_detail      GET  302   404    200   200   200         404    404   404    404  404
registry:import_columns     POST 302   404    302   302   302         404    404   404    404  404
registry:import_take        POST 302   404    302   302   302         404    404   404    404  404
registry:import_row_mend    POST 302   404    302   302   302         404    404   404    404  404
registry:report_list        GET  302   403    200   200   200         403    403   403    403  same
registry:verification_list  GET  302   403    200   200   200         403    403   403    403  same
registry:verification_list  POST 302   403    302   302   302         403    403   403    403  named
registry:closed_list        GET  302   403    200   200   200         403    403   403    403  same
registry:closed_look        POST 302   404    302   302   302         404    404   404    404  404
registry:report_confirm     GET  302   404    200   200   200         404    404   404    404  404
registry:report_confirm     POST 302   404    302   302   302         404    404   404    404  404
registry:report_reject      GET  302   404    200   200   200         404    404   404    404  404
registry:report_reject      POST 302   404    302   302   302         404    404   404    404  404
registry:report_reopen      POST 302   404    302   302   302         404    404   404    404  404
registry:api_verify         GET  400   400    400   400   400         400    400   400    400  same
registry:api_documentation  GET  200   200    200   200   200         200    200   200    200  same
registry:api_root           GET  200   200    200   200   200         200    200   200    200  same
registry:api_openapi        GET  200   200    200   200   200         200    200   200    200  same
registry:api_organizations  GET  200   200    200   200   200         200    200   200    200  same
registry:api_organization   GET  200   200    200   200   200         200    200   200    200  same
registry:api_networks       GET  200   200    200   200   200         200    200   200    200  same
registry:api_changes        GET  200   200    200   200   200         200    200   200    200  same
registry:api_staff_accounts GET  401   401    401   401   401         401    401   401    401  same
registry:api_accounts       GET  200   200    200   200   200         200    200   200    200  same
registry:api_account        GET  200   200    200   200   200         200    200   200    200  same
registry:api_account*       GET  404   404    404   404   404         404    404   404    404  404

contentplan:plan_matrix     GET  302   403    200   200   302         302    200   200    302  same
contentplan:plan_mine       GET  302   403    302   302   302         302    302   302    302  same
contentplan:plan_detail     GET  302   404    200   200   200         200    200   200    200  404
contentplan:plan_hand_in    POST 302   404    403   302   302         302    403   403    403  404
contentplan:plan_publications POST 302 404    403   302   302         302    403   403    403  404
contentplan:plan_export     GET  302   403    200   200   200         200    200   200    200  same
contentplan:plan_export_file GET 302   403    200   200   200         200    200   200    200  same
contentplan:plan_print      GET  302   403    200   200   200         200    200   200    200  same
contentplan:export_create   POST 302   403    302   302   302         302    302   302    302  same
contentplan:export_detail   GET  302   404    404   404   404         404    404   404    404  404
contentplan:export_file     GET  302   404    404   404   404         404    404   404    404  404
contentplan:feed_list       GET  302   403    200   200   200         200    200   200    200  same
contentplan:feed_create     POST 302   403    302   302   302         302    302   302    302  same
contentplan:feed_revoke     POST 302   404    404   404   404         404    404   404    404  404
contentplan:calendar_feed   GET  200   200    200   200   200         200    200   200    200  same
contentplan:import_create   GET  302   404    403   200   200         200    403   403    403  404
contentplan:import_create   POST 302   404    403   302   302         302    403   403    403  404
contentplan:import_detail   GET  302   404    404   200   200         200    404   404    404  404
contentplan:import_columns  POST 302   404    404   302   302         302    404   404    404  404
contentplan:import_take     POST 302   404    404   302   302         302    404   404    404  404
contentplan:import_row_mend POST 302   404    404   302   302         302    404   404    404  404
contentplan:post_check      GET  302   404    403   200   200         200    403   403    403  404
contentplan:post_check      POST 302   404    403   200   200         200    403   403    403  404
contentplan:post_files      GET  302   404    200   200   200         200    200   200    200  404
contentplan:media_upload    POST 302   404    403   200   200         200    403   403    403  404
contentplan:media_file      GET  302   404    200   200   200         200    200   200    200  404
contentplan:media_thumbnail GET  302   404    200   200   200         200    200   200    200  404
contentplan:media_state     GET  302   404    200   200   200         200    200   200    200  404
contentplan:draft_detail    GET  302   200    200   200   200         200    200   200    200  same
contentplan:draft_save      POST 302   200    200   200   200         200    200   200    200  same
contentplan:draft_forget    POST 302   302    302   302   302         302    302   302    302  same
contentplan:post_create     GET  302   404    403   302   302         302    403   403    403  404
contentplan:post_create     POST 302   404    403   302   302         302    403   403    403  404
contentplan:post_detail     GET  302   404    200   200   200         200    200   200    200  404
contentplan:post_edit       GET  302   404    403   302   302         302    403   403    403  404
contentplan:post_edit       POST 302   404    403   302   302         302    403   403    403  404
contentplan:post_delete     POST 302   404    403   302   302         302    403   403    403  404
contentplan:post_submit     POST 302   404    403   302   302         302    403   403    403  404
contentplan:post_approve    POST 302   404    403   302   302         403    403   403    403  404
contentplan:post_return     POST 302   404    403   302   302         403    403   403    403  404
contentplan:post_correct    GET  302   404    403   200   200         403    403   403    403  404
contentplan:post_correct    POST 302   404    403   302   302         403    403   403    403  404
contentplan:post_undo       POST 302   404    403   302   302         403    403   403    403  404
contentplan:post_claim      POST 302   404    403   302   302         403    403   403    403  404
contentplan:post_release    POST 302   404    403   302   302         403    403   403    403  404
contentplan:post_withdraw   POST 302   404    403   302   302         302    403   403    403  404
contentplan:post_answer     POST 302   404    403   302   302         302    403   403    403  404
contentplan:post_acknowledge POST 302  404    403   403   403         403    403   403    403  404
contentplan:post_note       POST 302   404    403   302   302         403    403   403    403  404
contentplan:post_occasion   POST 302   404    403   302   302         302    403   403    403  404
contentplan:post_presence   POST 302   404    200   200   200         200    200   200    200  404
contentplan:post_history    GET  302   404    200   200   200         200    200   200    200  404
contentplan:plan_approve    POST 302   404    403   302   302         403    403   403    403  404
contentplan:plan_copy       POST 302   404    403   302   302         302    403   403    403  404
contentplan:plan_undo       POST 302   403    302   302   302         302    302   302    302  same
contentplan:post_move       POST 302   404    403   302   302         302    403   403    403  404
contentplan:slot_list       GET  302   404    403   200   200         200    403   403    403  404
contentplan:slot_list       POST 302   404    403   302   302         302    403   403    403  404
contentplan:slot_take       POST 302   404    403   302   302         302    403   403    403  404
contentplan:slot_delete     POST 302   404    403   302   302         302    403   403    403  404
contentplan:repetition_list GET  302   404    403   200   200         200    403   403    403  404
contentplan:repetition_create GET 302  404    403   200   200         200    403   403    403  404
contentplan:repetition_create POST 302 404    403   302   302         302    403   403    403  404
contentplan:repetition_skip POST 302   404    403   302   302         302    403   403    403  404
contentplan:repetition_end  POST 302   404    403   302   302         302    403   403    403  404
contentplan:template_list   GET  302   404    403   200   200         200    403   403    403  404
contentplan:template_create GET  302   404    403   200   200         200    403   403    403  404
contentplan:template_create POST 302   404    403   302   302         302    403   403    403  404
contentplan:template_edit   GET  302   404    403   200   200         200    403   403    403  404
contentplan:template_edit   POST 302   404    403   302   302         302    403   403    403  404
contentplan:template_delete POST 302   404    403   302   302         302    403   403    403  404
contentplan:idea_create     POST 302   404    403   302   302         302    403   403    403  404
contentplan:idea_plan       POST 302   404    403   302   302         302    403   403    403  404
contentplan:idea_delete     POST 302   404    403   302   302         302    403   403    403  404
contentplan:review_queue    GET  302   403    403   200   200         403    403   403    403  same
contentplan:day             GET  302   403    200   200   200         200    200   200    200  same
contentplan:post_hold       POST 302   404    403   302   302         403    403   403    403  404
contentplan:post_resume     POST 302   404    403   302   302         403    403   403    403  404
contentplan:post_cancel     POST 302   404    403   302   302         302    403   403    403  404
contentplan:post_restore    POST 302   404    403   302   302         302    403   403    403  404
contentplan:post_missed     POST 302   404    403   302   302         302    403   403    403  404
contentplan:post_urgent     GET  302   404    403   200   200         200    403   403    403  404
contentplan:post_urgent     POST 302   404    403   302   302         302    403   403    403  404
contentplan:post_look_over  POST 302   404    403   302   302         403    403   403    403  404
contentplan:urgent_list     GET  302   403    403   200   200         403    403   403    403  same
contentplan:urgent_bodies   GET  302   403    403   200   200         403    403   403    403  same
contentplan:urgent_allow    POST 302   404    403   302   302         403    403   403    403  404
contentplan:stop_list       GET  302   403    200   200   200         200    200   200    200  same
contentplan:stop_create     GET  302   403    403   200   200         403    403   403    403  same
contentplan:stop_create     POST 302   403    403   302   302         403    403   403    403  form
contentplan:stop_detail     GET  302   404    200   200   200         200    200   200    200  404
contentplan:stop_lift       POST 302   404    403   302   302         403    403   403    403  404
contentplan:publish         GET  302   404    403   200   200         200    403   403    403  404
contentplan:publish         POST 302   404    403   302   302         302    403   403    403  404
contentplan:publication_add GET  302   404    403   200   200         200    403   403    403  404
contentplan:publication_add POST 302   404    403   302   302         302    403   403    403  404
contentplan:publication_remove POST 302 404   403   302   302         302    403   403    403  404
contentplan:occasion_list   GET  302   403   200   200   200   200   200   200   200   same
contentplan:occasion_create GET  302   403   403   200   200   200   403   403   403   same
contentplan:occasion_create POST 302   403   403   302   302   302   403   403   403   form
contentplan:occasion_import GET  302   403   403   200   200   200   403   403   403   same
contentplan:occasion_import POST 302   403   403   302   302   302   403   403   403   form
contentplan:occasion_edit   GET  302   404   403   200   200   200   403   403   403   404
contentplan:occasion_edit   POST 302   404   403   302   302   302   403   403   403   404
contentplan:occasion_delete GET  302   404   403   200   200   200   403   403   403   404
contentplan:occasion_delete POST 302   404   403   302   302   302   403   403   403   404
contentplan:occasion_link   POST 302   404   403   302   302   302   403   403   403   404
contentplan:topic_list      GET  302   403   200   200   200   200   200   200   200   same
contentplan:pack_list       GET  302   403   403   200   200   403   403   403   403   same
contentplan:pack_create     GET  302   403   403   200   200   403   403   403   403   same
contentplan:pack_create     POST 302   403   403   302   302   403   403   403   403   form
contentplan:pack_detail     GET  302   404   403   200   200   403   403   403   403   404
contentplan:pack_edit       GET  302   404   403   200   200   403   403   403   403   404
contentplan:pack_edit       POST 302   404   403   302   302   403   403   403   403   404
contentplan:pack_send       POST 302   404   403   302   302   403   403   403   403   404
contentplan:pack_recall     POST 302   404   403   302   302   403   403   403   403   404
contentplan:pack_extend     POST 302   404   403   302   302   403   403   403   403   404
contentplan:pack_delete     POST 302   404   403   302   302   403   403   403   403   404
contentplan:offer_list      GET  302   403   200   200   200   200   200   200   200   same
contentplan:offer_detail    GET  302   404   200   200   200   200   200   200   200   404
contentplan:offer_take      POST 302   404   403   302   302   302   403   403   403   404
contentplan:offer_decline   POST 302   404   403   302   302   302   403   403   403   404

moderation:message_list     GET  302   403    403   200   200         200    200   403    403  same
moderation:message_create   GET  302   403    403   200   200         200    200   403    403  same
moderation:message_create   POST 302   403    403   302   302         302    302   403    403  form
moderation:message_detail   GET  302   404    404   200   200         200    200   404    404  404
moderation:message_step     POST 302   404    404   302   302         302    302   404    404  404
moderation:message_look     POST 302   404    404   302   302         302    302   404    404  404
moderation:message_author   GET  302   404    404   200   200         200    200   404    404  404
moderation:message_author   POST 302   404    404   200   200         200    200   404    404  404
moderation:message_forward  GET  302   404    404   200   200         200    200   404    404  404
moderation:message_forward  POST 302   404    404   302   302         302    302   404    404  404
moderation:message_merge    POST 302   404    404   302   302         302    302   404    404  404
moderation:message_bulk     POST 302   403    403   302   302         302    302   403    403  form
moderation:message_removal  GET  302   403    403   302   302         302    302   403    403  same
moderation:message_removal  POST 302   403    403   302   302         302    302   403    403  named
moderation:case_detail      GET  302   404    404   200   200         200    200   404    404  404
moderation:import_create    GET  302   403    403   200   200         200    200   403    403  same
moderation:import_create    POST 302   403    403   302   302         302    302   403    403  same
moderation:import_detail    GET  302   404    404   404   404         404    404   404    404  404
moderation:import_columns   POST 302   404    404   404   404         404    404   404    404  404
moderation:import_take      POST 302   404    404   404   404         404    404   404    404  404
moderation:import_row_mend  POST 302   404    404   404   404         404    404   404    404  404
moderation:api_messages     POST 401   401    401   401   401         401    401   401    401  same
moderation:reply_save       POST 302   404    404   302   302         302    302   404    404  404
moderation:reply_autosave   POST 302   404    404   200   200         200    200   404    404  404
moderation:reply_presence   POST 302   404    404   200   200         200    200   404    404  404
moderation:reply_withdraw   POST 302   404    404   302   302         302    302   404    404  404
moderation:reply_acknowledge POST 302  404    404   302   302         302    302   404    404  404
moderation:reply_send       POST 302   404    404   302   302         302    302   404    404  404
moderation:reply_detail     GET  302   404    404   200   200         200    200   404    404  404
moderation:reply_approve    POST 302   404    404   302   302         403    403   404    404  404
moderation:reply_correct    POST 302   404    404   302   302         403    403   404    404  404
moderation:reply_return     POST 302   404    404   302   302         403    403   404    404  404
moderation:reply_undo       POST 302   404    404   302   302         403    403   404    404  404
moderation:reply_claim      POST 302   404    404   302   302         403    403   404    404  404
moderation:reply_release    POST 302   404    404   302   302         403    403   404    404  404
moderation:reply_queue      GET  302   403    403   200   200         403    403   403    403  same
moderation:reply_terms      GET  302   403    403   200   200         200    200   403    403  same
moderation:reply_terms_xlsx GET  302   403    403   200   200         200    200   403    403  same
moderation:reply_template_list GET  302   403    403   200   200         200    200   403    403  same
moderation:reply_template_create GET  302   403    403   200   200         200    200   403    403  same
moderation:reply_template_create POST 302   403    403   302   302         302    302   403    403  form
moderation:reply_template_edit GET  302   404    404   200   200         200    200   404    404  404
moderation:reply_template_edit POST 302   404    404   302   302         302    302   404    404  404
moderation:reply_template_delete POST 302   404    404   302   302         302    302   404    404  404
moderation:decision_list    GET  302   403    200   200   200         200    200   200    200  same
moderation:decision_create  GET  302   403    403   200   200         200    200   403    403  same
moderation:decision_create  POST 302   403    403   302   302         302    302   403    403  form
moderation:decision_detail  GET  302   404    200   200   200         200    200   200    200  404
moderation:decision_reverse GET  302   404    403   200   200         200    200   403    403  404
moderation:decision_reverse POST 302   404    403   302   302         302    302   403    403  404
moderation:decision_lift    GET  302   404    403   200   200         200    200   403    403  404
moderation:decision_lift    POST 302   404    403   302   302         302    302   403    403  404
moderation:evidence_file    GET  302   404    200   200   200         200    200   200    200  404
moderation:decision_export  GET  302   403    200   200   200         200    200   200    200  same
moderation:pending_list     GET  302   403    403   200   200         200    200   403    403  same
moderation:pending_decide   GET  302   404    404   200   200         200    200   404    404  404
moderation:pending_decide   POST 302   404    404   302   302         302    302   404    404  404
moderation:pending_file     GET  302   404    404   200   200         200    200   404    404  404
moderation:objection_decide GET  302   404    404   200   200         200    200   404    404  404
moderation:objection_decide POST 302   404    404   302   302         302    302   404    404  404
moderation:difference_list  GET  302   403    403   200   200         403    403   403    403  same
moderation:openness         GET  200   200    200   200   200         200    200   200    200  same
moderation:openness_csv     GET  200   200    200   200   200         200    200   200    200  same
moderation:openness_json    GET  200   200    200   200   200         200    200   200    200  same
moderation:openness_atom    GET  200   200    200   200   200         200    200   200    200  same
moderation:verify_script    GET  200   200    200   200   200         200    200   200    200  same
moderation:decision_check   GET  200   200    200   200   200         200    200   200    200  same
moderation:objection_create GET  200   200    200   200   200         200    200   200    200  same
moderation:objection_create POST 200   200    200   200   200         200    200   200    200  same
moderation:objection_outcome GET 200   200    200   200   200         200    200   200    200  same
moderation:objection_outcome POST 200  200    200   200   200         200    200   200    200  same
moderation:rule_list        GET  302   403    200   200   200         200    200   403    403  same
moderation:rule_create      GET  302   403    200   403   403         403    403   403    403  same
moderation:rule_create      POST 302   403    302   403   403         403    403   403    403  same
moderation:rule_switch      POST 302   403    302   403   403         403    403   403    403  same
moderation:text_try         GET  302   403    200   200   200         200    200   403    403  same
moderation:text_try         POST 302   403    200   200   200         200    200   403    403  same

compliance:today            GET  302   200    200   200   200         200    200   200    200  same
compliance:week_list        GET  302   403    200   200   200         200    200   200    200  same
compliance:week_detail      GET  302   403    200   200   200         200    200   200    200  same
compliance:week_export      GET  302   403    200   200   200         200    200   200    200  same
compliance:week_check       POST 302   403    302   302   302         403    403   403    403  same
compliance:circumstance_create GET 302 403    403   200   200         403    403   403    403  same
compliance:circumstance_create POST 302 403   403   302   302         403    403   403    403  form
compliance:circumstance_end POST 302   404    403   302   302         403    403   403    403  404

people:user_list            GET  302   403    200   403   403         403    403   403    403  same
people:role_list            GET  302   403    200   200   200         200    200   200    200  same
people:user_invite          GET  302   403    200   403   403         403    403   403    403  same
people:user_invite          POST 302   403    302   403   403         403    403   403    403  form
people:user_detail          GET  302   404    200   404   404         404    404   404    404  404
people:user_invite_again    POST 302   404    302   404   404         404    404   404    404  404
people:user_deactivate      POST 302   404    302   404   404         404    404   404    404  404
people:user_reactivate      POST 302   404    302   404   404         404    404   404    404  404
people:membership_create    GET  302   404    200   404   404         404    404   404    404  404
people:membership_create    POST 302   404    302   404   404         404    404   404    404  404
people:membership_end       POST 302   404    302   404   404         404    404   404    404  404
people:absence_list         GET  302   404    200   404   404         404    404   404    404  404
people:absence_list         POST 302   404    302   404   404         404    404   404    404  404
people:absence_end          POST 302   404    302   404   404         404    404   404    404  404
people:notice_list          GET  302   200    200   200   200         200    200   200    200  same
people:notice_open          POST 302   404    404   404   404         404    404   404    404  404
people:notice_open          GET  302   404    404   404   404         404    404   404    404  404
people:notice_read_all      POST 302   302    302   302   302         302    302   302    302  same
people:mail_choice          POST 302   302    302   302   302         302    302   302    302  same
people:key_list             GET  302   403    200   200   200         403    403   403    403  same
people:key_create           GET  302   403    200   200   200         403    403   403    403  same
people:key_create           POST 302   403    200   200   200         403    403   403    403  form
people:key_revoke           POST 302   404    302   302   302         404    404   404    404  404
people:audit_list           GET  302   403    200   403   403         403    403   403    403  same
people:profile              GET  302   200    200   200   200         200    200   200    200  same
people:invitation_accept    GET  200   200    200   200   200         200    200   200    200  same
people:invitation_accept    POST 302   302    302   302   302         302    302   302    302  same
people:display              GET  200   200    200   200   200         200    200   200    200  same
people:display              POST 302   302    302   302   302         302    302   302    302  same

account_login               GET  200   302    302   302   302         302    302   302    302  same
account_login               POST 302   302    302   302   302         302    302   302    302  same
account_logout              GET  302   200    200   200   200         200    200   200    200  same
account_logout              POST 302   302    302   302   302         302    302   302    302  same
account_inactive            GET  200   200    200   200   200         200    200   200    200  same
account_change_password     GET  302   200    200   200   200         200    200   200    200  same
account_change_password     POST 302   302    302   302   302         302    302   302    302  same
account_reset_password      GET  200   200    200   200   200         200    200   200    200  same
account_reset_password      POST 302   302    302   302   302         302    302   302    302  same
account_reset_password_done GET  200   200    200   200   200         200    200   200    200  same
account_reset_password_from_key GET 200 200   200   200   200         200    200   200    200  same
account_reset_password_from_key_done GET 200 200 200 200  200         200    200   200    200  same

components                  GET  302   403    200   403   403         403    403   403    403  same
components_question         GET  302   403    200   403   403         403    403   403    403  same
healthz                     GET  200   200    200   200   200         200    200   200    200  same

admin:index                 GET  302   302    200   200   200         200    200   200    200  same
admin:app_list              GET  302   302    200   200   200         200    200   200    200  same
admin:role_table            GET  302   302    200   200   200         200    200   200    200  same
admin:login                 GET  302   403    302   302   302         302    302   302    302  same
admin:logout                POST 302   302    302   302   302         302    302   302    302  same
admin:jsi18n                GET  302   302    200   200   200         200    200   200    200  same
admin:autocomplete          GET  302   302    403   403   403         403    403   403    403  same
"""

# What a person may do with the rows of a model in the admin: `-` nothing (the list 403, a row 404), `see` only look
# (nothing is added, a change is 403), `edit` change what stands there, `keep` add as well. Nobody deletes a row.
# `strange` is 404, or `same` for reference data that belongs to no body.
ADMIN = """
                           admin coord urtam_coord editor moder observ head strange
people_user                edit  -     -           -      -     -      -    404
people_membership          see   -     -           -      -     -      -    404
people_organization        keep  see   see         see    see   see    see  404
people_specialday          keep  see   see         see    see   see    see  404
people_auditentry          see   -     -           -      -     -      -    404
registry_socialnetwork     keep  -     -           -      -     -      -    same
registry_dataset           edit  -     -           -      -     -      -    same
registry_securityitem      keep  -     -           -      -     -      -    same
registry_checkitem         keep  -     -           -      -     -      -    same
registry_registryrules     keep  -     -           -      -     -      -    404
registry_legalact          keep  keep  keep        see    see   see    see  404
registry_account           see   see   see         see    see   see    see  404
contentplan_postformat     keep  see   see         see    see   see    see  same
contentplan_rubric         keep  see   see         see    see   see    see  same
contentplan_remarkphrase   keep  see   see         see    see   see    see  same
contentplan_textlimit      keep  see   see         see    see   see    see  same
contentplan_norm           keep  see   see         see    see   see    see  404
contentplan_weeklyplan     see   see   see         see    see   see    see  404
contentplan_plannedpost    see   see   see         see    see   see    see  404
contentplan_publication    see   see   see         see    see   see    see  404
moderation_decision        see   see   see         see    see   see    see  404
moderation_ground          edit  see   see         see    see   see    see  same
moderation_toneword        keep  see   see         see    see   see    see  same
moderation_replylimit      keep  see   see         see    see   see    see  same
compliance_finding         see   see   see         see    see   see    see  404
compliance_circumstance    see   see   see         see    see   see    see  404
compliance_weekcheck       see   see   see         -      -     -      -    same
"""

# Everything that answers without sign-in, by name. A page that joins this list was opened on purpose.
OPEN = {
    "account_inactive",
    "account_login",
    "account_logout",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "contentplan:calendar_feed",  # to whoever holds the secret address
    "healthz",
    "people:display",
    "people:invitation_accept",
    "registry:account_code",
    "registry:act_file",
    "registry:account_csv",
    "registry:opendata_list",
    "registry:opendata_terms",
    "registry:opendata_register",
    "registry:opendata_passport",
    "registry:opendata_file",
    "registry:account_xlsx",
    "registry:account_json",
    "registry:account_ndjson",
    "registry:account_detail",
    "registry:account_list",
    "registry:account_sign",
    "registry:api_account",
    "registry:api_accounts",
    "registry:api_changes",
    "registry:api_documentation",
    "registry:api_networks",
    "registry:api_openapi",
    "registry:api_organization",
    "registry:api_organizations",
    "registry:api_root",
    "registry:api_staff_accounts",  # to whoever holds a key
    "moderation:decision_check",
    "moderation:objection_create",
    "moderation:objection_outcome",
    "moderation:openness",
    "moderation:openness_atom",
    "moderation:openness_csv",
    "moderation:openness_json",
    "moderation:verify_script",
    "moderation:api_messages",  # from whoever holds a key
    "registry:api_verify",
    "registry:check",
    "registry:account_named",
    "registry:change_list",
    "registry:change_atom",
    "registry:change_rss",
    "registry:check_code",
    "registry:robots",
    "registry:sitemap",
    "registry:sitemap_section",
    "registry:fake_list",
    "registry:fake_report",
    "registry:fake_thanks",
    "registry:widget",
    "registry:widget_data",
    "registry:widget_frame",
    "registry:widget_script",
}

# Open, but a visitor is led on: to the registry, to a card.
LEADS_ON = {"account_logout", "registry:account_named"}

# A POST answered with 302 must have changed something, except these.
LEAVES_NO_TRACE = {
    "registry:account_resume",  # the page is not suspended
    "account_login",
    "account_logout",
    "admin:logout",
    "contentplan:draft_forget",  # nothing was typed
    "contentplan:plan_copy",  # everything of the last week stands there already
    "contentplan:plan_undo",  # there is nothing to take back
    "contentplan:slot_take",  # no habit is seen yet
    "contentplan:plan_approve",  # nothing was opened before
    "contentplan:stop_lift",  # it is lifted already: one in force would hold what other rows approve
    "contentplan:post_answer",  # nothing was returned
    "contentplan:post_release",  # nobody has it in work
    "moderation:decision_lift",  # the measure has no term
    "moderation:reply_acknowledge",  # nothing was corrected
    "moderation:reply_undo",  # nothing was decided a moment ago
    "moderation:reply_release",  # nobody has it in work
    "contentplan:post_undo",  # nothing was decided
    "compliance:week_check",  # the check runs in the background
    "moderation:text_try",  # what is typed is not kept
    "people:display",  # a cookie
    "people:notice_read_all",  # there may be nothing to read
}

# Answers of a script, and a page that is shown once: 200, and yet something is remembered.
REMEMBERS = {
    "contentplan:draft_save",
    "contentplan:media_upload",
    "contentplan:post_presence",
    "moderation:objection_create",  # the page that shows the secret code, this once
    "moderation:reply_autosave",
    "moderation:reply_presence",
    "people:key_create",  # the page that shows the key, this once
}


class Row(NamedTuple):
    """An address, a method, and who gets what."""

    name: str  # `*` at the end: the same address about something that is not public
    method: str
    cells: dict[str, str]
    strange: str

    @property
    def address(self) -> str:
        return self.name.rstrip("*")


def _read(table: str, leading: int) -> list[tuple[list[str], dict[str, str], str]]:
    lines = [line.split() for line in table.splitlines() if line.strip()]
    people = lines[0][:-1]
    return [(line[:leading], dict(zip(people, line[leading:-1], strict=True)), line[-1]) for line in lines[1:]]


ROWS = [Row(names[0], names[1], cells, strange) for names, cells, strange in _read(WALKED, 2)]
PEOPLE = list(ROWS[0].cells)

ANSWERS = {  # what the words of the admin's table mean for each of its pages
    "-": {"changelist": 403, "add": 403, "change": 404},
    "see": {"changelist": 200, "add": 403, "change": 200},
    "edit": {"changelist": 200, "add": 403, "change": 200},
    "keep": {"changelist": 200, "add": 200, "change": 200},
}
ADMIN_ROWS = _read(ADMIN, 1)
