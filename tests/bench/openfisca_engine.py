"""mastiff/remote-help as a tax-benefit system of openfisca-core, run by the Python that has it.

A request a line on standard input: situations in one list for each variable. An answer a line on
output: the gross prices, or, given seconds, how many a second of processor time.

OpenFisca computes many people at once, in arrays of 32-bit floating-point numbers. It has no clock:
like publicodes, it is given the hours begun in each window.
"""

# ruff: noqa: D102, N805 - a formula has no self, and says what its variable is for
import json
import sys
from collections.abc import Mapping
from time import process_time
from typing import Any

import numpy
from openfisca_core.entities import Entity
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import MONTH
from openfisca_core.simulations import Simulation, SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

Columns = Mapping[str, Any]
"""The situations: an array for each variable that is given, by the name of its class."""

PERIOD = "2026-03"
SESSION = Entity("session", "sessions", "A session", "One session of remote help.")
RATES = {"hour": 100, "evening": 2, "night": 4, "discount": 0.5, "tax": 0.23}
PARAMETERS = ParameterNode(
    "", data={name: {"values": {"2026-01-01": rate}} for name, rate in RATES.items()}
)


class Office(Variable):
    """Hours begun in office hours."""

    value_type, entity, definition_period = int, SESSION, MONTH


class Evening(Variable):
    """Hours begun in the evening."""

    value_type, entity, definition_period = int, SESSION, MONTH


class Night(Variable):
    """Hours begun at night."""

    value_type, entity, definition_period = int, SESSION, MONTH


class Client(Variable):
    """Whether a client of the firm asks."""

    value_type, entity, definition_period = bool, SESSION, MONTH


class Due(Variable):
    """All hours, each at the rate of its window."""

    value_type, entity, definition_period = float, SESSION, MONTH

    def formula(sessions: Any, period: Any, parameters: Any) -> Any:
        rates = parameters(period)
        hours = (
            sessions("Office", period)
            + sessions("Evening", period) * rates.evening
            + sessions("Night", period) * rates.night
        )
        return hours * rates.hour


class Net(Variable):
    """What is due after the discount of clients."""

    value_type, entity, definition_period = float, SESSION, MONTH

    def formula(sessions: Any, period: Any, parameters: Any) -> Any:
        due = sessions("Due", period)
        return numpy.where(sessions("Client", period), due * parameters(period).discount, due)


class Tax(Variable):
    """The tax, to the cent."""

    value_type, entity, definition_period = float, SESSION, MONTH

    def formula(sessions: Any, period: Any, parameters: Any) -> Any:
        return numpy.round(sessions("Net", period) * parameters(period).tax, 2)


class Gross(Variable):
    """Net and tax."""

    value_type, entity, definition_period = float, SESSION, MONTH

    def formula(sessions: Any, period: Any) -> Any:
        return sessions("Net", period) + sessions("Tax", period)


def system() -> TaxBenefitSystem:
    """The tariff, ready to be simulated."""
    made = TaxBenefitSystem([SESSION])
    made.parameters = PARAMETERS
    made.add_variables(Office, Evening, Night, Client, Due, Net, Tax, Gross)
    return made


def gross(tariff: TaxBenefitSystem, columns: Columns) -> Any:
    """The gross prices of all situations, from one simulation of them."""
    count = len(columns["Client"])
    simulation: Simulation = SimulationBuilder().build_default_simulation(tariff, count)
    for name, column in columns.items():
        simulation.set_input(name, PERIOD, column)
    return simulation.calculate("Gross", PERIOD)


def per_second(tariff: TaxBenefitSystem, columns: Columns, at_once: int, seconds: float) -> float:
    """Prices of a second of processor time, so many of them in each simulation."""
    count = len(columns["Client"])
    parts = [
        {name: column[first : first + at_once] for name, column in columns.items()}
        for first in range(0, count, at_once)
    ]
    done, started = 0, process_time()
    while process_time() - started < seconds:
        for part in parts:
            gross(tariff, part)
        done += count
    return done / (process_time() - started)


def main() -> None:
    """Answer until there is no more to answer."""
    tariff = system()
    for line in sys.stdin:
        request = json.loads(line)
        columns = {name: numpy.array(column) for name, column in request["columns"].items()}
        if "seconds" in request:
            answer = per_second(tariff, columns, request["at_once"], request["seconds"])
        else:
            answer = [round(float(amount), 2) for amount in gross(tariff, columns)]
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
