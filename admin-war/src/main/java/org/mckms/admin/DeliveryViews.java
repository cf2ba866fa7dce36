package org.mckms.admin;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import org.mckms.platform.delivery.DeliveryCounts;
import org.mckms.platform.delivery.DeliveryView;

/** How deliveries look in JSON. */
final class DeliveryViews {

    private DeliveryViews() {}

    static JsonObject of(DeliveryView delivery) {
        return Json.createObjectBuilder()
                .add("id", delivery.id().toString())
                .add("state", delivery.state().name())
                .add("topic", delivery.topic())
                .add("destination", delivery.destination())
                .add("reference", delivery.reference())
                .add("attempts", delivery.attempts())
                .add("createdAt", delivery.createdAt().toString())
                .add("dueAt", delivery.dueAt().toString())
                .add("claimedBy", Views.text(delivery.claimedBy()))
                .add("reason", Views.text(delivery.reason()))
                .build();
    }

    static JsonObject of(DeliveryCounts counts) {
        return Json.createObjectBuilder()
                .add("waiting", counts.waiting())
                .add("underWay", counts.underWay())
                .add("dead", counts.dead())
                .add("oldest", Views.text(counts.oldest()))
                .build();
    }
}
