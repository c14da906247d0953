// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/monotonic.h"
#include "core/net/http/httpresponse.h"

#include <QHash>

#include <optional>

namespace cycast
{

/// What is dear to make and asked for by many: made at most once a second and shared until then. Pure; the
/// time is an argument.
template<class Value>
class OnceASecond
{
public:
    template<class Make>
    const Value &get(qint64 nowNs, Make make)
    {
        if (!m_value || nowNs - m_madeNs >= nsPerSecond) {
            m_value = make();
            m_madeNs = nowNs;
        }
        return *m_value;
    }
    void forget() { m_value.reset(); }

private:
    std::optional<Value> m_value;
    qint64 m_madeNs = 0;
};

/// Whole answers, by what they depend on (path, the host that was asked). Their bodies are one copy, however
/// many read them. A bounded number: who invents hosts gets pages of his own, made of what is shared.
class SharedPages
{
public:
    static constexpr qsizetype mostKept = 16;

    template<class Make>
    HttpResponse get(const QByteArray &key, qint64 nowNs, Make make)
    {
        const auto page = m_pages.find(key);
        if (page != m_pages.end())
            return page->get(nowNs, make);
        if (m_pages.size() >= mostKept) {
            if (nowNs - m_clearedNs < nsPerSecond)
                return make();
            m_pages.clear();
            m_clearedNs = nowNs;
        }
        return m_pages[key].get(nowNs, make);
    }
    void forget() { m_pages.clear(); }
    qsizetype count() const { return m_pages.size(); }

private:
    QHash<QByteArray, OnceASecond<HttpResponse>> m_pages;
    qint64 m_clearedNs = 0;
};

} // namespace cycast
