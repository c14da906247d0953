// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/station/certificates.h"

#include "core/base/log.h"
#include "core/codec/musicfile.h"
#include "core/net/socket/tlscontext.h"

#include <QDateTime>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{
namespace
{

} // namespace

Certificates::Certificates(QObject *parent)
    : QObject(parent)
    , m_off(this, 1)
{
    m_timer.setInterval(lookMs);
    connect(&m_timer, &QTimer::timeout, this, &Certificates::look);
}

Certificates::~Certificates() = default;

QList<FileStamp> Certificates::stampsOf(const QList<CertificateFiles> &files)
{
    QList<FileStamp> stamps;
    for (const CertificateFiles &each : files) {
        stamps.append(stampOf(each.certificate));
        stamps.append(stampOf(each.key));
    }
    return stamps;
}

Certificates::Reading Certificates::readingOf(const QList<CertificateFiles> &files)
{
    Reading reading;
    reading.stamps = stampsOf(files); // before: what changes meanwhile is read once more
    QList<TlsIdentity> identities;
    for (const CertificateFiles &each : files) {
        const auto identity = loadTlsIdentity(each.certificate, each.key);
        if (identity) {
            identities.append(*identity);
            const Sentence warning = expiryWarning(*identity, QDateTime::currentDateTime());
            if (!warning.isEmpty())
                reading.problems.append({each.certificateField, warning, true});
            continue;
        }
        reading.isWhole = false;
        const TlsProblem &problem = identity.error();
        reading.problems.append(
            {problem.isAboutKey && !each.key.isEmpty() ? each.keyField : each.certificateField,
             problem.sentence, true});
    }
    if (identities.isEmpty())
        return reading;
    const auto context = TlsContext::make(identities);
    if (context)
        reading.context = *context;
    else
        reading.problems.append({files.constFirst().certificateField, context.error(), true});
    return reading;
}

void Certificates::setFiles(const QList<CertificateFiles> &files)
{
    if (files == m_files) {
        look();
        return;
    }
    m_files = files;
    ++m_generation;
    m_read = m_seen = {};
    if (!files.isEmpty()) {
        m_isAwaited = true;
        m_timer.start();
        read();
        return;
    }
    m_isAwaited = m_isInForce = false;
    m_timer.stop();
    emit changed({});
    emit settled();
    if (!m_problems.isEmpty()) {
        m_problems.clear();
        emit problemsChanged({});
    }
}

void Certificates::look()
{
    if (m_files.isEmpty() || m_isAwaited)
        return;
    m_off.start([files = m_files, generation = m_generation](WayBack<Certificates> &back) {
        back.tell([generation, stamps = stampsOf(files)](Certificates *own) {
            if (generation != own->m_generation)
                return;
            const bool stoodStill = stamps == std::exchange(own->m_seen, stamps);
            if (stoodStill && stamps != own->m_read)
                own->read();
        });
    });
}

void Certificates::read()
{
    m_off.start([files = m_files, generation = m_generation](WayBack<Certificates> &back) {
        back.tell(
            [generation, reading = readingOf(files)](Certificates *own) { own->take(generation, reading); });
    });
}

void Certificates::take(quint64 generation, const Reading &reading)
{
    if (generation != m_generation)
        return;
    const bool isFirst = m_read.isEmpty();
    m_read = m_seen = reading.stamps;
    m_isAwaited = false;
    if (reading.context && reading.isWhole && !isFirst)
        qCInfo(lcSettings).noquote() << u"The certificate for https was read again."_s;
    // One of two is better than none, but not than the two that are in force.
    if (reading.context && (reading.isWhole || !m_isInForce)) {
        m_isInForce = true;
        emit changed(reading.context);
    }
    for (const SettingsProblem &problem : reading.problems) {
        if (m_problems.contains(problem))
            continue;
        const Sentence text = Sentence::composed("%1: %2").arg(problem.field, problem.sentence);
        if (m_isInForce)
            qCWarning(lcSettings).noquote() << text;
        else
            qCCritical(lcSettings).noquote() << text << "There is no https until then.";
    }
    emit settled();
    if (reading.problems != m_problems) {
        m_problems = reading.problems;
        emit problemsChanged(m_problems);
    }
}

} // namespace cycast
