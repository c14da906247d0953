// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/sentence.h"
#include "core/net/http/arrival.h"
#include "core/net/sources/shoutcasthead.h"

#include <QSocketNotifier>
#include <QTimer>

namespace cycast
{

/// The first words with a Shoutcast v1 source: its password was right, its headers may still be on their way.
/// Owns the socket until they are complete. Deletes itself afterwards. Lives in the station's thread.
class ShoutcastGreeting : public QObject
{
    Q_OBJECT

public:
    /// `arrival.rest` holds everything that has come so far, the password's line at least.
    ShoutcastGreeting(Arrival &&arrival, double patienceSeconds, QObject *parent);
    ~ShoutcastGreeting() override;

    const Arrival &arrival() const { return m_arrival; }

    /// Says that the password was right and waits for the headers; then `next` gets the arrival, with a
    /// SOURCE request for `path` made of them (protocol "ICY") and the audio so far as its rest.
    void welcome(const QByteArray &path, ArrivalHandler next);

signals:
    /// The right password, but no head that can be read, or none in time.
    void failed(const cycast::Arrival &arrival, const cycast::Sentence &why);

private:
    void readMore();
    void proceed();
    void fail(const Sentence &why);
    void end();

    Arrival m_arrival;
    ShoutcastHead m_head;
    QByteArray m_path;
    ArrivalHandler m_next;
    std::unique_ptr<QSocketNotifier> m_notifier;
    QTimer m_patience;
};

} // namespace cycast
