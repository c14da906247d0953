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
/// many read them; what is packed is made of the same page, once as well. A bounded number: who invents hosts
/// gets pages of his own, made of what is shared. Whoever makes a page asks for no other one meanwhile.
class SharedPages
{
public:
    static constexpr qsizetype mostKept = 16;

    template<class Make>
    HttpResponse get(const QByteArray &key, qint64 nowNs, Make make)
    {
        const Page *page = keptPage(key, nowNs, make);
        return page ? page->whole : make();
    }
    /// `pack`: makes it of the whole one.
    template<class Make, class Pack>
    HttpResponse getPacked(const QByteArray &key, qint64 nowNs, Make make, Pack pack)
    {
        Page *page = keptPage(key, nowNs, make);
        if (!page)
            return pack(make());
        if (!page->packed)
            page->packed = pack(page->whole);
        return *page->packed;
    }
    void forget() { m_pages.clear(); }
    qsizetype count() const { return m_pages.size(); }

private:
    struct Page {
        HttpResponse whole;
        std::optional<HttpResponse> packed;
        qint64 madeNs = 0;
    };

    /// Null: there is no room for it. Good until the next call.
    template<class Make>
    Page *keptPage(const QByteArray &key, qint64 nowNs, Make make)
    {
        const auto kept = m_pages.find(key);
        if (kept != m_pages.end() && nowNs - kept->madeNs < nsPerSecond)
            return &*kept;
        if (kept == m_pages.end() && m_pages.size() >= mostKept) {
            if (nowNs - m_clearedNs < nsPerSecond)
                return nullptr;
            m_pages.clear();
            m_clearedNs = nowNs;
        }
        return &*m_pages.insert(key, Page{make(), {}, nowNs});
    }

    QHash<QByteArray, Page> m_pages;
    qint64 m_clearedNs = 0;
};

} // namespace cycast
