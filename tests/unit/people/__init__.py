"""Tests of the rules of people and sign-ins."""
