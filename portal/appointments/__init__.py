"""Appointments: the citizen API of ZMS (it-at-m/eappointment), generation B.

Mounted under `/terminvereinbarung/api/citizen/`; generation A's granular routes
stand behind `ZMS_LEGACY_ROUTES=1`.
"""
