"""Appointments as the dialogue sees them, whatever system gives them.

`desk.AppointmentDesk` is the counter at which the dialogue asks. Behind it stands the
citizen API of ZMS (`zms_client`), or a link to a system that lets only people in
(`booking_link`); `KUMPEL_APPOINTMENTS` chooses. Nothing here knows Rasa.
"""
