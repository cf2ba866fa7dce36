package org.mckms.it.support;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.stream.Stream;
import org.mckms.platform.delivery.DeliveryOrder;
import org.mckms.platform.delivery.Outbox;
import org.mckms.platform.persistence.Transactions;

/** Inside the server under test: orders deliveries in one transaction, which fails if that is asked for. */
@WebServlet("/orders")
public class ProbeOrders extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    transient Outbox outbox;

    @Inject
    transient Transactions transactions;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
        List<DeliveryOrder> orders = Stream.of(request.getParameterValues("reference"))
                .map(reference -> new DeliveryOrder(request.getParameter("destination"), reference))
                .toList();
        transactions.runInNew(() -> {
            outbox.putAll(ProbeDelivery.TOPIC, orders);
            if (request.getParameter("fail") != null) {
                throw new IllegalStateException("as ordered");
            }
        });
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }
}
