import json, shutil, os
os.chdir('clients')
def sub(p, pairs):
    s=open(p).read()
    for a,b in pairs:
        assert a in s, (p,a)
        s=s.replace(a,b,1)
    open(p,'w').write(s)
shutil.copy('unfinished/api-keys/keys_ui/api_keys.ts','kit/api/api-keys.ts')
F='console/src/features/integrations/'
for f in ('KeysView.tsx','useApiKeys.ts','KeyPanel.tsx','KeyDialog.tsx'): shutil.copy('unfinished/api-keys/keys_ui/'+f,F+f)
sub('kit/api/types.ts',[('export type Webhooks = Schemas["Webhooks"];','export type ApiKey = Schemas["ApiKey"];\nexport type ApiKeys = Schemas["ApiKeys"];\nexport type ApiKeySecret = Schemas["ApiKeySecret"];\nexport type ApiScope = Schemas["ApiScope"];\nexport type NewApiKey = Schemas["NewApiKey"];\nexport type Webhooks = Schemas["Webhooks"];')])
sub('kit/api/client.ts',[('import { CallbackApi } from "./callbacks.ts";','import { ApiKeyApi } from "./api-keys.ts";\nimport { CallbackApi } from "./callbacks.ts";'),
("  readonly webhooks: WebhookApi;\n","  readonly webhooks: WebhookApi;\n  readonly apiKeys: ApiKeyApi;\n"),
("    this.webhooks = new WebhookApi(this.client);\n","    this.webhooks = new WebhookApi(this.client);\n    this.apiKeys = new ApiKeyApi(this.client);\n")])
sub('kit/api/index.ts',[("export type { CallbackApi,","export type { ApiKeyApi } from \"./api-keys.ts\";\nexport type { CallbackApi,")])
# Sure in a file of its own
s=open(F+'WebhookPanel.tsx').read()
i=s.index("interface SureProps {")
tail=s[i:]; s=s[:i].rstrip()+"\n"
s=s.replace('import { StandingWords } from "./StandingWords.tsx";\n','import { StandingWords } from "./StandingWords.tsx";\nimport { Sure } from "./Sure.tsx";\n')
open(F+'WebhookPanel.tsx','w').write(s)
open(F+'Sure.tsx','w').write('''/** The second press before what cannot be taken back. */
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { problemWords } from "../../ui/problem.ts";
import classes from "./Integrations.module.css";

'''+tail.replace("function Sure(","export function Sure("))
sub(F+'ShownSecret.tsx',[("  secret: string;\n","  secret: string;\n  text: string;\n"),("{ secret, note, onClose }","{ secret, text, note, onClose }"),('<p>{t("webhooks.secretText")}</p>','<p>{text}</p>')])
sub(F+'WebhookDialog.tsx',[("<ShownSecret secret={made.secret} onClose","<ShownSecret secret={made.secret} text={t(\"webhooks.secretText\")} onClose")])
sub(F+'WebhookPanel.tsx',[("<ShownSecret secret={made.secret} note","<ShownSecret secret={made.secret} text={t(\"webhooks.secretText\")} note")])
sub(F+'model.ts',[("export interface EventGroup {","""export type KeyStanding = "good" | "over" | "revoked";

export function keyStandingOf(key: Pick<ApiKey, "revoked_at" | "expires_at">, now: number): KeyStanding {
  if (key.revoked_at !== null) return "revoked";
  return key.expires_at !== null && Date.parse(key.expires_at) <= now ? "over" : "good";
}

export interface EventGroup {"""),("import type {\n  NewWebhook,","import type {\n  ApiKey,\n  NewWebhook,")])
sub(F+'model.test.ts',[("  instantOf,\n","  instantOf,\n  keyStandingOf,\n"),('it("everything that the server','''it("a key is over at its time, and revoked whatever its time", () => {
  const now = Date.UTC(2026, 0, 2);
  const key = { revoked_at: null, expires_at: null };
  expect(keyStandingOf(key, now)).toBe("good");
  expect(keyStandingOf({ ...key, expires_at: "2026-01-02T00:00:00Z" }, now)).toBe("over");
  expect(keyStandingOf({ ...key, revoked_at: "2026-01-01T00:00:00Z" }, now)).toBe("revoked");
});

it("everything that the server'''),
("  expect(asked.filter((path)","  const scopes = document.components.schemas.ApiScope.enum;\n  const known = Object.entries(en.apiKeys.scope).flatMap(([what, ways]) => Object.keys(ways).map((way) => `${what}.${way}`));\n  expect([...scopes].sort()).toEqual(known.sort());\n  expect(asked.filter((path)")])
s=open(F+'IntegrationsView.tsx').read()
s=s.replace('''/** All webhooks: where they lead, how they stand. */''','''/** What connects other systems: webhooks, and keys of the API. */''')
s=s.replace('''export function IntegrationsView() {
  const { t } = useTranslation();
''','''export function IntegrationsView() {
  const { place } = useDesk();
  return place.search.state === KEYS_STATE ? (
    <KeysView
      tools={
        <>
          <Which />
          <AddButton id="apiKeys.add" />
        </>
      }
    />
  ) : (
    <WebhooksView />
  );
}

function AddButton({ id }: { id: string }) {
  return (
    <CommandButton id={id} size="sm" variant="default" icon={<IconPlus size={16} stroke={1.75} />} />
  );
}

/** Webhooks or keys; stands in the address. */
function Which() {
  const { t } = useTranslation();
  const { place, goSection, filter } = useDesk();
  const keys = place.search.state === KEYS_STATE;
  return (
    <SegmentedControl
      size="sm"
      aria-label={t("webhooks.which")}
      value={keys ? KEYS_STATE : "webhooks"}
      onChange={(value) => (value === KEYS_STATE ? filter({ state: KEYS_STATE }) : goSection("integrations"))}
      data={[
        { value: "webhooks", label: t("webhooks.webhooks") },
        { value: KEYS_STATE, label: t("apiKeys.keys") },
      ]}
    />
  );
}

function WebhooksView() {
  const { t } = useTranslation();
''')
s=s.replace('''        <CommandButton
          id="webhooks.add"
          size="sm"
          variant="default"
          icon={<IconPlus size={16} stroke={1.75} />}
        />
''','''        <>
          <Which />
          <AddButton id="webhooks.add" />
        </>
''')
s=s.replace('import type { TFunction } from "i18next";','import { SegmentedControl } from "@mantine/core";\nimport type { TFunction } from "i18next";')
s=s.replace('import { CommandButton } from "../../commands/CommandButton.tsx";','import { CommandButton } from "../../commands/CommandButton.tsx";\nimport { useDesk } from "../../desk/DeskContext.tsx";')
s=s.replace('import { hostOf } from "./model.ts";','import { KeysView } from "./KeysView.tsx";\nimport { hostOf, KEYS_STATE } from "./model.ts";')
open(F+'IntegrationsView.tsx','w').write(s)
sub(F+'model.ts',[("/** How an endpoint stands,","/** `state` of the address where the section shows keys. */\nexport const KEYS_STATE = \"keys\";\n\n/** How an endpoint stands,")])
sub(F+'index.ts',[('export { IntegrationsView','export { IntegrationPanel } from "./IntegrationPanel.tsx";\nexport { IntegrationsView'),('export { WebhookDialog','export { KeyDialog } from "./KeyDialog.tsx";\nexport { WebhookDialog'),('export { WebhookPanel } from "./WebhookPanel.tsx";\n','')])
open(F+'IntegrationPanel.tsx','w').write('''/** The card of what is open in the section: a webhook, or a key. */
import { useDesk } from "../../desk/DeskContext.tsx";
import { KeyPanel } from "./KeyPanel.tsx";
import { KEYS_STATE } from "./model.ts";
import { WebhookPanel } from "./WebhookPanel.tsx";

export function IntegrationPanel({ id }: { id: string }) {
  const { place } = useDesk();
  return place.search.state === KEYS_STATE ? <KeyPanel id={id} /> : <WebhookPanel id={id} />;
}
''')
C='console/src/'
sub(C+'shell/Panes.tsx',[("IntegrationsView, WebhookPanel }","IntegrationPanel, IntegrationsView }"),("<WebhookPanel key={id} id={id} />","<IntegrationPanel key={id} id={id} />")])
sub(C+'shell/Dialogs.tsx',[("import { WebhookDialog }","import { KeyDialog, WebhookDialog }"),("      <WebhookDialog\n",'      <KeyDialog opened={current.kind === "api-key"} onClose={close} />\n      <WebhookDialog\n')])
sub(C+'desk/desk.ts',[('  | { readonly kind: "webhook";','  | { readonly kind: "api-key" }\n  | { readonly kind: "webhook";')])
sub(C+'commands/catalogue.ts',[('''    run: (_, effects) => effects.addWebhook(),
  },
''','''    run: (_, effects) => effects.addWebhook(),
  },
  {
    id: "apiKeys.add",
    group: "list",
    label: () => "addApiKey",
    shortcut: null,
    keywords: "webhook",
    isAllowed: ({ role }) => role === "supervisor",
    run: (_, effects) => effects.addApiKey(),
  },
''')])
sub(C+'commands/command.ts',[("  readonly addWebhook: () => void;\n","  readonly addWebhook: () => void;\n  readonly addApiKey: () => void;\n")])
sub(C+'shell/useCommandsOfDesk.ts',[('      addWebhook: () =>','      addApiKey: () => dialog.set({ kind: "api-key" }),\n      addWebhook: () =>')])
sub(C+'features/audit/model.ts',[('  "webhook.switched_off",\n','  "webhook.switched_off",\n  "api_key.created",\n  "api_key.revoked",\n')])
RU={"keys":"Ключи API","name":"Название","nameHint":"Какой системе нужен ключ. Под этим именем её действия видны в журнале.","standing":"Состояние",
 "stands":{"good":"Действует","over":"Истёк","revoked":"Отозван"},"scopes":"Что разрешено",
 "scope":{"patients":{"read":"Читать карточки пациентов","write":"Менять карточки пациентов"},"consultations":{"read":"Читать список консультаций","open":"Открывать консультации"},"callbacks":{"read":"Читать заявки на звонок","open":"Создавать заявки на звонок"}},
 "beginning":"Начало","created":"Создан","expires":"Действует до","expiresHint":"Последний день действия. Пусто: бессрочно.","endless":"Бессрочно","lastUsed":"Последний раз","never":"Не использовался",
 "noneTitle":"Ключей пока нет","noneText":"С ключом Ваша CRM сможет читать и заполнять карточки, создавать заявки и консультации.",
 "unknown":"Этого ключа больше нет","card":"Ключ API","add":"Создать ключ","addTitle":"Новый ключ API","madeTitle":"Ключ создан","madeText":"Скопируйте ключ в настройки своей системы. Больше мы его не покажем.",
 "revoke":"Отозвать","revokeText":"Система с ключом «{name}» сразу потеряет доступ. Вернуть ключ нельзя, можно создать новый."}
EN={"keys":"API keys","name":"Name","nameHint":"Which system needs the key. Its acts stand in the log under this name.","standing":"State",
 "stands":{"good":"Works","over":"Expired","revoked":"Revoked"},"scopes":"What it may do",
 "scope":{"patients":{"read":"Read patients' cards","write":"Change patients' cards"},"consultations":{"read":"Read the list of consultations","open":"Open consultations"},"callbacks":{"read":"Read call-backs","open":"Order call-backs"}},
 "beginning":"Begins","created":"Made","expires":"Works until","expiresHint":"The last day. Empty: without an end.","endless":"No end","lastUsed":"Last used","never":"Never used",
 "noneTitle":"No keys yet","noneText":"With a key your CRM reads and fills in cards, orders call-backs and opens consultations.",
 "unknown":"This key is gone","card":"API key","add":"Make key","addTitle":"New API key","madeTitle":"The key is made","madeText":"Copy the key into your system's settings. It is not shown again.",
 "revoke":"Revoke","revokeText":"The system with the key “{name}” loses access at once. A key cannot be brought back; another can be made."}
for f,w,cmd,role,kind,did,wh,which in [("ru",RU,"Создать ключ API","ключ API","Ключ API",{"api_key_created":"Создан ключ API","api_key_revoked":"Отозван ключ API"},"Вебхуки","Что показать"),("en",EN,"Make API key","API key","API key",{"api_key_created":"API key made","api_key_revoked":"API key revoked"},"Webhooks","What to show")]:
    p=C+f"locales/{f}.json"; j=json.load(open(p))
    j["command"]["addApiKey"]=cmd; j["audit"]["kind"]["api_key"]=kind; j["audit"]["did"].update(did); j["role"]["key"]=role
    j["webhooks"]["webhooks"]=wh; j["webhooks"]["which"]=which
    j["apiKeys"]=w
    open(p,"w").write(json.dumps(j,ensure_ascii=False,indent=2)+"\n")
