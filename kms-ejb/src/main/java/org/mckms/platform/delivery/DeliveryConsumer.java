package org.mckms.platform.delivery;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;
import org.mckms.platform.KmsLog;
import org.mckms.protocol.error.KmsException;

/**
 * Takes claims from the queue of this server. There are as many sessions as {@code kms.delivery.workers} may be at most;
 * how many of them are at work is up to the pump. A message is taken once, whatever becomes of it: what was not delivered
 * comes again from the outbox.
 */
@MessageDriven(
        activationConfig = {
            @ActivationConfigProperty(
                    propertyName = "destinationLookup",
                    propertyValue = "java:/jms/queue/kmsDeliveries"),
            @ActivationConfigProperty(propertyName = "destinationType", propertyValue = "jakarta.jms.Queue"),
            @ActivationConfigProperty(propertyName = "acknowledgeMode", propertyValue = "Auto-acknowledge"),
            @ActivationConfigProperty(propertyName = "maxSession", propertyValue = "16")
        })
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class DeliveryConsumer implements MessageListener {

    @Inject
    DeliveryModule deliveries;

    @Inject
    DeliverySignal signal;

    @Override
    public void onMessage(Message message) {
        try {
            deliveries.worker().work(message.getBody(String.class));
            signal.raise();
        } catch (JMSException | IllegalArgumentException e) {
            KmsLog.LOG.deliveryMessageStrange(String.valueOf(e.getMessage()));
        } catch (KmsException e) {
            KmsLog.LOG.deliveryNotNoted(String.valueOf(e.getMessage()));
        }
    }
}
