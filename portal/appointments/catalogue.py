"""What can be booked where, in the shapes of ZMS."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from portal.appointments.seed import BookingSeed, OfficeBooking
from portal.seed_models import Hours

Document = dict[str, Any]


@dataclass(frozen=True)
class Office:
    """An office with appointments.

    Attributes:
        pool: Whose seats it gives away; offices that share them have the same.
        hours: When it gives appointments.
        is_demonstration: Whether these hours are none of its opening hours.
        document: The office as ZMS shows it, scope included.
    """

    id: int
    slug: str
    name: str
    pool: int
    rules: OfficeBooking
    hours: Hours
    is_demonstration: bool
    document: Document

    @property
    def scope(self) -> Document:
        """The scope as ZMS shows it."""
        scope: Document = self.document["scope"]
        return scope

    @property
    def prefix(self) -> str:
        """Letters before the number by which people are called."""
        return "".join(part[0] for part in self.slug.split("-"))[:2].upper()


@dataclass(frozen=True)
class Service:
    """A service with appointments.

    Attributes:
        slots: Slots of one unit of it.
        offices: Ids of the offices that offer it, in the catalogue's order.
    """

    id: int
    slug: str
    name: str
    category: str
    slots: int
    max_quantity: int
    offices: tuple[int, ...]
    documents: tuple[str, ...] = ()


@dataclass(frozen=True)
class BookingCatalogue:
    """All offices and services with appointments, by id."""

    seed: BookingSeed
    offices: Mapping[int, Office]
    services: Mapping[int, Service]
    _combinable: dict[int, Any] = field(default_factory=dict)

    def offers(self, office: int, service: int) -> bool:
        """Tells whether a service can be booked at an office."""
        found = self.services.get(service)
        return found is not None and office in found.offices

    def slots_for(self, services: Iterable[tuple[int, int]]) -> int:
        """Returns the slots that services, each so many times, need together."""
        return sum(self.services[id_].slots * count for id_, count in services)

    def document(self) -> Document:
        """Returns the answer of `/offices-and-services/`."""
        services = sorted(self.services.values(), key=lambda service: service.id)
        return {
            "offices": [office.document for office in self.offices.values()],
            "services": [self.service_document(service) for service in services],
            "relations": [
                {
                    "officeId": office,
                    "serviceId": service.id,
                    "slots": service.slots,
                    "public": True,
                    "maxQuantity": service.max_quantity,
                }
                for service in services
                for office in service.offices
            ],
        }

    def service_document(self, service: Service) -> Document:
        """Returns a service as ZMS shows it."""
        return {
            "id": service.id,
            "name": service.name,
            "maxQuantity": service.max_quantity,
            "combinable": self._combinations(service),
            "parentId": None,
            "variantId": None,
            "rootParentId": service.id,
            "showOnStartPage": True,
        }

    def _combinations(self, service: Service) -> Any:
        """Returns `[]` where there are none, else an object: that is ZMS's trap."""
        if service.id not in self._combinable:
            groups = self.seed.combinable_categories
            group = next((g for g in groups if service.category in g), [])
            partners = [
                (other.id, sorted(set(other.offices) & set(service.offices)))
                for other in self.services.values()
                if other.category in group
            ]
            shared = [(id_, offices) for id_, offices in partners if offices]
            # The service itself comes first, as in ZMS.
            shared.sort(key=lambda pair: (pair[0] != service.id, pair[0]))
            self._combinable[service.id] = (
                {
                    str(position): {str(id_): offices}
                    for position, (id_, offices) in enumerate(shared, 1)
                }
                if len(shared) > 1
                else []
            )
        return self._combinable[service.id]
