// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/http/refusallog.h"

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

bool RefusalLog::hasRoom(qint64 nowMs)
{
    if (nowMs - m_windowMs >= windowMs) {
        m_windowMs = nowMs;
        m_inWindow = 0;
        m_toldOfDrops = false;
    }
    return m_inWindow < linesPerWindow;
}

std::optional<QString> RefusalLog::line(const QString &sentence, qint64 nowMs)
{
    const auto known = m_entries.find(sentence);
    if (known != m_entries.end() && nowMs - known->loggedMs < repeatAfterMs) {
        ++known->leftOut;
        return std::nullopt;
    }
    if (!hasRoom(nowMs)) {
        if (std::exchange(m_toldOfDrops, true))
            return std::nullopt;
        return u"Many different requests are being refused; most of them are not logged."_s;
    }
    ++m_inWindow;
    const int leftOut = known == m_entries.end() ? 0 : known->leftOut;
    if (known == m_entries.end() && m_entries.size() >= maxSentences) {
        m_entries.removeIf(
            [nowMs](const auto &item) { return nowMs - item.value().loggedMs >= repeatAfterMs; });
        if (m_entries.size() >= maxSentences)
            m_entries.clear(); // the limit per window still holds
    }
    m_entries.insert(sentence, {nowMs, 0});
    return leftOut == 0 ? sentence : u"%1 (%2 more like it since)"_s.arg(sentence).arg(leftOut);
}

} // namespace cycast
