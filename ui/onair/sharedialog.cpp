// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/onair/sharedialog.h"

#include "ui/look/icons.h"
#include "ui/look/theme.h"
#include "ui/onair/qrcode.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QGuiApplication>
#include <QHostAddress>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QUrl>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

QString whoCanReach(const QString &host)
{
    const QHostAddress address(host);
    const auto isIn = [&address](const QString &net) {
        return address.isInSubnet(QHostAddress::parseSubnet(net));
    };
    if (host == u"localhost"_s || address.isLoopback())
        return ShareDialog::tr(
            "Works on this computer only: it has no network address at the moment. Connect it "
            "to your Wi-Fi or router to let others listen.");
    if (address.isNull())
        return ShareDialog::tr("Works for everyone who can reach the name %1.").arg(host);
    if (isIn(u"100.64.0.0/10"_s))
        return ShareDialog::tr(
            "This address belongs to a shared network of your provider or to a private tunnel: "
            "people in the same network can listen, the internet cannot.");
    const bool isHome = isIn(u"10.0.0.0/8"_s) || isIn(u"172.16.0.0/12"_s) || isIn(u"192.168.0.0/16"_s) ||
                        address.isLinkLocal() || address.isUniqueLocalUnicast();
    if (isHome)
        return ShareDialog::tr(
            "Works for everyone in your home network (the same Wi-Fi or router). For people "
            "outside, forward the port on your router and give them your public address.");
    return ShareDialog::tr(
        "This is a public address: people anywhere can listen, as long as no firewall closes "
        "the port.");
}

ShareDialog::ShareDialog(QWidget *parent)
    : QDialog(parent)
    , m_layout(new QVBoxLayout(this))
{
    setObjectName(u"shareDialog"_s);
    setWindowTitle(tr("Share your station"));
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->button(QDialogButtonBox::Close)->setText(tr("Close"));
    QPushButton *outside =
        buttons->addButton(tr("Let people &outside listen\u2026"), QDialogButtonBox::ActionRole);
    outside->setObjectName(u"shareOutside"_s);
    outside->setAutoDefault(false);
    connect(outside, &QPushButton::clicked, this, &ShareDialog::outsideAsked);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *https = buttons->addButton(tr("Use &https\u2026"), QDialogButtonBox::ActionRole);
    https->setObjectName(u"useHttps"_s);
    https->setAutoDefault(false);
    connect(https, &QPushButton::clicked, this, &ShareDialog::httpsAsked);
    m_layout->addWidget(buttons);
}

void ShareDialog::setAddresses(const StationAddresses &addresses)
{
    delete m_content;
    m_content = new QWidget(this);
    m_layout->insertWidget(0, m_content, 1);
    auto *column = new QVBoxLayout(m_content);
    column->setContentsMargins(0, 0, 0, 0);
    const bool isPublic = !addresses.publicStreamUrl.isEmpty();
    auto *who = new QLabel(isPublic ? tr("The first addresses are for everybody, those below for your home "
                                         "network: many routers do not lead back to the public address.")
                                    : whoCanReach(QUrl(addresses.streamUrl).host()),
                           m_content);
    who->setObjectName(u"whoCanReach"_s);
    who->setTextFormat(Qt::PlainText);
    who->setWordWrap(true);
    column->addWidget(who);
    column->addSpacing(6);
    auto *row = new QHBoxLayout;
    row->setSpacing(18);
    auto *grid = new QGridLayout;
    auto *beside = new QVBoxLayout;
    auto *code = new QrCodeView(m_content);
    code->setText(isPublic                      ? addresses.publicPageUrl
                  : addresses.pageUrl.isEmpty() ? addresses.streamUrl
                                                : addresses.pageUrl);
    auto *hint = new QLabel(tr("Point a phone's camera here to listen."), m_content);
    hint->setWordWrap(true);
    hint->setMaximumWidth(code->sizeHint().width());
    hint->setAlignment(Qt::AlignHCenter);
    theme::setTone(hint, Tone::Neutral);
    hint->setVisible(!code->isHidden());
    beside->addWidget(code);
    beside->addWidget(hint);
    beside->addStretch(1);
    auto *left = new QVBoxLayout;
    left->addLayout(grid);
    left->addStretch(1);
    row->addLayout(left, 1);
    row->addLayout(beside);
    column->addLayout(row);
    if (isPublic) {
        addHeading(grid, tr("For everybody"));
        addLinks(grid, addresses.publicPageUrl, addresses.publicStreamUrl);
        addHeading(grid, tr("In your home network"));
        addRow(grid, tr("W&eb page at home"), addresses.pageUrl);
        addRow(grid, tr("St&ream at home"), addresses.streamUrl);
    } else {
        addLinks(grid, addresses.pageUrl, addresses.streamUrl);
    }
    addRow(grid, tr("On &this computer"), addresses.localUrl);
    for (const QString &other : addresses.otherUrls)
        addRow(grid, tr("Another address"), other);
    column->addStretch(1);
    who->setMinimumWidth(fontMetrics().averageCharWidth() * 96);
    adjustSize();
}

void ShareDialog::addLinks(QGridLayout *grid, const QString &page, const QString &stream)
{
    addRow(grid, tr("&Web page with player"), page);
    addRow(grid, tr("&Stream, for players and radios"), stream);
    if (!stream.isEmpty())
        addRow(grid, tr("&Playlist file, for players"), stream + u".m3u"_s);
}

void ShareDialog::addHeading(QGridLayout *grid, const QString &text)
{
    auto *heading = new QLabel(text, m_content);
    heading->setFont(theme::scaled(font(), 1.0, true));
    const int row = grid->rowCount();
    if (row > 1)
        grid->setRowMinimumHeight(row, fontMetrics().height() * 2);
    grid->addWidget(heading, row, 0, 1, 3, Qt::AlignBottom);
}

void ShareDialog::addRow(QGridLayout *grid, const QString &label, const QString &url)
{
    if (url.isEmpty())
        return;
    const int row = grid->rowCount();
    auto *caption = new QLabel(label, m_content);
    auto *field = new QLineEdit(url, m_content);
    field->setReadOnly(true);
    // Whole, as far as an address is no novel.
    const int letter = fontMetrics().averageCharWidth();
    field->setMinimumWidth(qMin(fontMetrics().horizontalAdvance(url) + letter * 5, letter * 56));
    field->setCursorPosition(0);
    const QString name = QString(label).remove(u'&');
    field->setAccessibleName(name);
    caption->setBuddy(field);
    auto *copy = new QPushButton(icon(Glyph::Copy), tr("Copy"), m_content);
    copy->setAutoDefault(false);
    copy->setAccessibleName(tr("Copy: %1").arg(name));
    connect(copy, &QPushButton::clicked, this, [this, url] {
        QGuiApplication::clipboard()->setText(url);
        emit copied(url);
    });
    // The word stands on the button that was pressed, so that it is seen where the eyes are.
    connect(copy, &QPushButton::clicked, copy, [copy] { copy->setText(tr("Copied")); });
    grid->addWidget(caption, row, 0);
    grid->addWidget(field, row, 1);
    grid->addWidget(copy, row, 2);
}

} // namespace cycast
