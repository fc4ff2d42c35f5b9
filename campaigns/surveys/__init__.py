"""Surveys: questions that are built once, asked in calls, answered once a member, and counted."""
