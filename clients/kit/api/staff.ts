/** The consultation API as staff has it: what the patient's app never asks for does not come with it. */
import { ApiKeyApi } from "./api-keys.ts";
import { CannedApi } from "./canned.ts";
import { ConsultApi, type ConsultApiOptions } from "./client.ts";
import { DeskFileApi } from "./desk-files.ts";
import { FieldApi } from "./fields.ts";
import { FollowUpApi } from "./follow-ups.ts";
import { MacroApi } from "./macros.ts";
import { NoteApi } from "./notes.ts";
import { ReportApi } from "./reports.ts";
import { RetentionApi } from "./retention.ts";
import { TagApi } from "./tags.ts";
import { ViewApi } from "./views.ts";
import { WebhookApi } from "./webhooks.ts";

export class StaffApi extends ConsultApi {
  readonly reports: ReportApi;
  readonly notes: NoteApi;
  readonly canned: CannedApi;
  readonly macros: MacroApi;
  readonly deskFiles: DeskFileApi;
  readonly tags: TagApi;
  readonly fields: FieldApi;
  readonly followUps: FollowUpApi;
  readonly views: ViewApi;
  readonly webhooks: WebhookApi;
  readonly apiKeys: ApiKeyApi;
  readonly retention: RetentionApi;

  constructor(options: ConsultApiOptions) {
    super(options);
    this.reports = new ReportApi(this.client);
    this.notes = new NoteApi(this.client);
    this.canned = new CannedApi(this.client);
    this.macros = new MacroApi(this.client);
    this.deskFiles = new DeskFileApi(this.client);
    this.tags = new TagApi(this.client);
    this.fields = new FieldApi(this.client);
    this.followUps = new FollowUpApi(this.client);
    this.views = new ViewApi(this.client);
    this.webhooks = new WebhookApi(this.client);
    this.apiKeys = new ApiKeyApi(this.client);
    this.retention = new RetentionApi(this.client);
  }
}
