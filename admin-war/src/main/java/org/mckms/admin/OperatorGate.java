package org.mckms.admin;

import static org.mckms.protocol.error.KmsErrorCode.OPERATOR_ROLE_REQUIRED;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.interceptor.Interceptors;
import java.util.Optional;
import org.mckms.kms.application.OperatorRefusals;
import org.mckms.kms.domain.OperatorIdentity;
import org.mckms.protocol.error.KmsException;

/**
 * Refuses requests that come with an operator's certificate but perhaps not from the operator: a browser presents it for any
 * page that makes it send something. Each refusal is in the audit trail with the operator's name, written by the interceptor,
 * for an operator whose browser is abused has to hear of it.
 */
@ApplicationScoped
@Interceptors(OperatorRefusals.class)
public class OperatorGate {

    /**
     * Passes a request that no web page caused.
     *
     * @param origin value of the Origin header field, which browsers add and programs do not
     * @throws KmsException OPERATOR_ROLE_REQUIRED if there is one
     */
    public void refuseWebPages(OperatorIdentity operator, Optional<String> origin) {
        if (origin.isPresent()) {
            throw new KmsException(OPERATOR_ROLE_REQUIRED, "requests of web pages are not served");
        }
    }

    /**
     * Passes a body that no form of a web page can send.
     *
     * @param contentType value of the Content-Type header field
     * @throws KmsException OPERATOR_ROLE_REQUIRED if it is not JSON
     */
    public void refuseForms(OperatorIdentity operator, Optional<String> contentType) {
        if (contentType.filter(OperatorGate::isJson).isEmpty()) {
            throw new KmsException(OPERATOR_ROLE_REQUIRED, "the body must be application/json");
        }
    }

    private static boolean isJson(String contentType) {
        int parameters = contentType.indexOf(';');
        String type = parameters < 0 ? contentType : contentType.substring(0, parameters);
        return type.strip().equalsIgnoreCase("application/json");
    }
}
