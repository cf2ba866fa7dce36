package org.mckms.admin;

import static org.mckms.protocol.error.KmsErrorCode.NOT_FOUND;
import static org.mckms.protocol.error.KmsErrorCode.OPERATOR_ROLE_REQUIRED;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptors;
import java.util.Optional;
import org.mckms.gms.application.GroupOperator;
import org.mckms.kms.application.OperatorRefusals;
import org.mckms.kms.domain.OperatorIdentity;
import org.mckms.kms.domain.OperatorRole;
import org.mckms.platform.config.KmsSettings;
import org.mckms.protocol.error.KmsException;

/**
 * Refuses requests that come with an operator's certificate but perhaps not from the operator: a browser presents it for any
 * page that makes it send something. Each refusal is in the audit trail with the operator's name, written by the interceptor,
 * for an operator whose browser is abused has to hear of it.
 */
@ApplicationScoped
@Interceptors(OperatorRefusals.class)
public class OperatorGate {

    @Inject
    KmsSettings settings;

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
     * @throws KmsException OPERATOR_ROLE_REQUIRED if it is neither JSON nor a list
     */
    public void refuseForms(OperatorIdentity operator, Optional<String> contentType) {
        if (contentType
                .filter(type -> is(type, "application/json") || isList(type))
                .isEmpty()) {
            throw new KmsException(OPERATOR_ROLE_REQUIRED, "the body must be application/json");
        }
    }

    /**
     * Passes an operator of any role to what may be looked at in group management.
     *
     * @throws KmsException NOT_FOUND where there is no group management server
     */
    public GroupOperator looking(OperatorIdentity operator) {
        return passed(operator, OperatorRole.values());
    }

    /**
     * Passes an officer or an operator to what changes something in group management.
     *
     * @throws KmsException OPERATOR_ROLE_REQUIRED, or NOT_FOUND where there is no group management server
     */
    public GroupOperator acting(OperatorIdentity operator) {
        return passed(operator, OperatorRole.OFFICER, OperatorRole.OPERATOR);
    }

    private GroupOperator passed(OperatorIdentity operator, OperatorRole... roles) {
        operator.mustBeOneOf(roles);
        if (settings.gms().isEmpty()) {
            throw new KmsException(NOT_FOUND, "there is no group management server here");
        }
        return new GroupOperator(operator.name());
    }

    /** Whether the body is announced as a list, {@code text/csv}; null is nothing announced. */
    static boolean isList(String contentType) {
        return contentType != null && is(contentType, ListUpload.CSV);
    }

    private static boolean is(String contentType, String wanted) {
        int parameters = contentType.indexOf(';');
        String type = parameters < 0 ? contentType : contentType.substring(0, parameters);
        return type.strip().equalsIgnoreCase(wanted);
    }
}
