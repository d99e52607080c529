import fujia.vehicle


def test_the_exported_names() -> None:
    assert sorted(fujia.vehicle.__all__) == [
        "Actuation", "Car", "Change", "Fact", "Fault", "Profile", "SEATS", "Seat", "Signal",
        "SimulatedCar", "Value", "Write", "ZONES", "Zone", "list_profiles", "load_profile",
    ]  # fmt: skip
    assert all(hasattr(fujia.vehicle, name) for name in fujia.vehicle.__all__)
