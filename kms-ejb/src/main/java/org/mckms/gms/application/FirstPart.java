package org.mckms.gms.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.mckms.gms.domain.RekeyJob;
import org.mckms.platform.KmsLog;
import org.mckms.protocol.error.KmsException;

/** Serves the first members of a job at once, so that small groups have their keys when the call returns. */
@ApplicationScoped
class FirstPart {

    @Inject
    RekeyMaking making;

    @Inject
    JobViews views;

    /** What cannot be made now is left to the workers, who say why; the act that started the job has happened. */
    RekeyJobView make(RekeyJob job) {
        try {
            if (!job.hasEnded()) {
                making.part(job.id(), 0);
                making.finish(job.id());
            }
        } catch (KmsException e) {
            KmsLog.LOG.debugf("the first part of job %s is left to the workers: %s", job.id(), e.getMessage());
        }
        return views.of(job.id());
    }
}
