package org.mckms.client.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.Optional;
import org.mckms.client.ClientSetupException;
import org.mckms.client.KmsClientException;
import org.mckms.client.KmsRefusedException;
import org.mckms.client.KmsUnreachableException;
import org.mckms.client.store.ClientStoreException;
import org.mckms.mikeysakke.MikeySakkeException;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns every error into one line "error:", perhaps one line "hint:", and an exit code. The only place that does. */
final class ErrorReport implements IParameterExceptionHandler, IExecutionExceptionHandler {
    private static final Map<KmsErrorCode, String> HINTS = Map.ofEntries(
            Map.entry(
                    KmsErrorCode.UNAUTHENTICATED,
                    "the access token is missing, expired or not accepted; `kmsctl token` mints one for development"),
            Map.entry(
                    KmsErrorCode.INSUFFICIENT_SCOPE,
                    "the token needs the key management scope of the service whose identity it claims"),
            Map.entry(
                    KmsErrorCode.FORBIDDEN_IDENTITY, "keys go to their owner only: ask with a token for that very URI"),
            Map.entry(KmsErrorCode.IDENTITY_BLOCKED, "an operator can lift it with `kmsctl unblock`"),
            Map.entry(KmsErrorCode.OPERATOR_ROLE_REQUIRED, "use the certificate of another operator with --operator"),
            Map.entry(KmsErrorCode.INVALID_PIN, "do not guess: a token locks after a few attempts"),
            Map.entry(
                    KmsErrorCode.NOT_READY,
                    "`kmsctl status` says why; usually `kmsctl activate` or `kmsctl ceremony` is missing"),
            Map.entry(KmsErrorCode.HSM_UNAVAILABLE, "`kmsctl status` shows the state of the token"),
            Map.entry(
                    KmsErrorCode.KEY_PERIOD_UNAVAILABLE,
                    "the KMS serves the current key period and its close neighbours only"),
            Map.entry(KmsErrorCode.STALE_TIME, "set the clock of this machine"),
            Map.entry(
                    KmsErrorCode.SIGNATURE_REQUIRED,
                    "give --key-store of a registered device; `kmsctl client-keys list` shows what is registered"),
            Map.entry(KmsErrorCode.TRANSPORT_KEY_REQUIRED, "register the device: `kmsctl client-keys register`"),
            Map.entry(KmsErrorCode.REGISTRATION_EXPIRED, "the keys were not used in time; register the device again"),
            Map.entry(KmsErrorCode.REPLAYED_REQUEST, "each request is taken once; send a new one"),
            Map.entry(KmsErrorCode.SECOND_OFFICER_REQUIRED, "let another officer do it: --operator officer2"),
            Map.entry(KmsErrorCode.JOB_NOT_FINISHED, "`kmsctl bundle status JOB --wait` waits for its end"),
            Map.entry(KmsErrorCode.INVALID_CERTIFICATE, "`kmsctl decode` explains the file"),
            Map.entry(KmsErrorCode.WEAK_PASSPHRASE, "--make-passphrase makes a strong one"));

    private final Console console;

    ErrorReport(Console console) {
        this.console = console;
    }

    @Override
    public int handleParseException(ParameterException failure, String[] args) {
        wrongUse(failure.getMessage(), failure.getCommandLine());
        return ExitCode.WRONG_USE;
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine line, ParseResult parsed) {
        if (failure instanceof WrongUseException) {
            wrongUse(failure.getMessage(), line);
            return ExitCode.WRONG_USE;
        }
        if (failure instanceof CommandFailedException failed) {
            report(failed.getMessage(), failed.hint());
        } else if (failure instanceof KmsRefusedException refused) {
            report(describe(refused), hintFor(refused));
        } else if (failure instanceof KmsUnreachableException) {
            report(
                    failure.getMessage(),
                    Optional.of(
                            "is the server up (./run starts one), is --trust its authority, is --timeout long enough?"));
        } else if (failure instanceof ClientSetupException
                && failure.getCause() instanceof NoSuchFileException missing) {
            report(
                    "there is no file " + missing.getMessage(),
                    Optional.of("--home names the folder with keys and certificates; ./run makes one"));
        } else if (failure instanceof KmsClientException
                || failure instanceof ClientStoreException
                || failure instanceof KmsException
                || failure instanceof MikeySakkeException) {
            report(withCause(failure), Optional.empty());
        } else if (failure instanceof IOException io) {
            report(describe(io), Optional.empty());
        } else {
            report("unexpected " + failure.getClass().getSimpleName() + ": " + failure.getMessage(), Optional.empty());
        }
        return ExitCode.FAILED;
    }

    /** What the server said, in one sentence. */
    static String describe(KmsRefusedException refused) {
        StringBuilder text = new StringBuilder("refused: ").append(refused.text());
        text.append(" (HTTP ").append(refused.httpStatus());
        refused.code().ifPresent(code -> text.append(", code ").append(code));
        name(refused).ifPresent(name -> text.append(' ').append(name));
        refused.requestId().ifPresent(id -> text.append(", request ").append(id));
        return text.append(')').toString();
    }

    private void wrongUse(String message, CommandLine line) {
        console.error(message);
        console.hint("`" + line.getCommandSpec().qualifiedName() + " --help` shows how to use it");
    }

    private void report(String error, Optional<String> hint) {
        console.error(error);
        hint.ifPresent(console::hint);
    }

    private static Optional<String> name(KmsRefusedException refused) {
        return refused.name().or(() -> entry(refused).map(KmsErrorCode::name));
    }

    private static Optional<String> hintFor(KmsRefusedException refused) {
        return entry(refused).map(HINTS::get);
    }

    private static Optional<KmsErrorCode> entry(KmsRefusedException refused) {
        if (refused.code().isPresent()) {
            return KmsErrorCode.ofCode(refused.code().getAsInt());
        }
        return refused.httpStatus() == KmsErrorCode.UNAUTHENTICATED.httpStatus()
                ? Optional.of(KmsErrorCode.UNAUTHENTICATED)
                : Optional.empty();
    }

    private static String describe(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "there is no file " + failure.getMessage();
        }
        if (failure instanceof AccessDeniedException) {
            return "no permission for " + failure.getMessage();
        }
        if (failure instanceof FileAlreadyExistsException) {
            return "the file exists already: " + failure.getMessage();
        }
        return "input or output failed: " + failure.getMessage();
    }

    private static String withCause(Exception failure) {
        Throwable cause = failure.getCause();
        if (cause == null || cause.getMessage() == null || failure.getMessage().contains(cause.getMessage())) {
            return failure.getMessage();
        }
        return failure.getMessage() + ": " + (cause instanceof IOException io ? describe(io) : cause.getMessage());
    }
}
