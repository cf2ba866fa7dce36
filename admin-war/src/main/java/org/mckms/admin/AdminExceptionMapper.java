package org.mckms.admin;

import static org.mckms.admin.AdminLog.LOG;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.Optional;
import java.util.UUID;
import org.mckms.protocol.error.ErrorFamily;

/**
 * The only way from an exception to an answer. Errors close the connection: they may come before the body was read, and the
 * container would keep the thread until the rest has come.
 */
@Provider
public class AdminExceptionMapper implements ExceptionMapper<Throwable> {

    @Override
    public Response toResponse(Throwable thrown) {
        String requestId = UUID.randomUUID().toString();
        if (thrown instanceof WebApplicationException refused
                && AdminError.kmsException(thrown).isEmpty()) {
            Optional<AdminError> error =
                    AdminError.ofStatus(refused.getResponse().getStatus(), requestId);
            if (error.isPresent()) {
                String allow = refused.getResponse().getHeaderString("Allow");
                Response.ResponseBuilder answer = response(error.get());
                return allow == null
                        ? answer.build()
                        : answer.header("Allow", allow).build();
            }
        }
        AdminError error = AdminError.of(thrown, requestId);
        if (error.status() == Response.Status.SERVICE_UNAVAILABLE.getStatusCode()) {
            LOG.notServed(requestId, error.message());
        } else if (error.code().family() == ErrorFamily.FAULT) {
            LOG.requestFailed(requestId, thrown);
        }
        return response(error).build();
    }

    private static Response.ResponseBuilder response(AdminError error) {
        return Response.status(error.status())
                .header("Connection", "close")
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(error.json().toString());
    }
}
