"""Tests of people, teams and sign-ins."""
